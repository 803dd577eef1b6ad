namespace MattermostXsoar.Sandbox;

/// <summary>Lets a test wait for a state without sleeping.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _next;

    public void Pulse() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    public async Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var next = Interlocked.CompareExchange(ref _next, fresh, null) ?? fresh;
            if (condition())
                return;
            await next.Task.WaitAsync(cancellationToken);
        }
    }
}
