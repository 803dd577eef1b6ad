namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Lets a test await a state instead of looking for it again and again by the clock.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _next;

    /// <summary>Something has changed: all who wait look again.</summary>
    public void Pulse() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    /// <summary>Waits until the condition holds; it is looked at now and after each change.</summary>
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
