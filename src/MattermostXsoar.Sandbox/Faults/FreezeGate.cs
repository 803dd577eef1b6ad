namespace MattermostXsoar.Sandbox.Faults;

/// <summary>A gate that is open until it is frozen; from then on callers wait until it is thawed.</summary>
/// <param name="came">Pulsed whenever somebody begins to wait.</param>
internal sealed class FreezeGate(Signal came)
{
    private volatile TaskCompletionSource? _frozen;
    private int _waited;

    public bool IsFrozen => _frozen is not null;

    /// <summary>How many came during the newest freeze.</summary>
    public int Waited => Volatile.Read(ref _waited);

    public void Freeze()
    {
        if (IsFrozen)
            return;
        Volatile.Write(ref _waited, 0);
        Interlocked.CompareExchange(
            ref _frozen,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            null
        );
    }

    public void Thaw() => Interlocked.Exchange(ref _frozen, null)?.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_frozen is not { } frozen)
            return Task.CompletedTask;
        Interlocked.Increment(ref _waited);
        came.Pulse();
        return frozen.Task.WaitAsync(cancellationToken);
    }
}
