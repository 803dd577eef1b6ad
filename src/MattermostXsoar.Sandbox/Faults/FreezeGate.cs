namespace MattermostXsoar.Sandbox.Faults;

/// <summary>A gate that is open until it is frozen; from then on callers wait until it is thawed.</summary>
internal sealed class FreezeGate
{
    private volatile TaskCompletionSource? _frozen;

    public bool IsFrozen => _frozen is not null;

    public void Freeze() =>
        Interlocked.CompareExchange(
            ref _frozen,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            null
        );

    public void Thaw() => Interlocked.Exchange(ref _frozen, null)?.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken) =>
        _frozen is { } frozen ? frozen.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
