namespace MattermostXsoar.Core.Concurrency;

/// <summary>
/// Numbers pieces of work that are done in order, so that others can wait until a certain one is done. Whoever asks
/// gets a number; finishing a number finishes all before it.
/// </summary>
internal sealed class WorkSequence
{
    private readonly object _lock = new();
    private readonly List<(long Number, TaskCompletionSource<bool> Waiter)> _waiters = [];
    private long _asked;
    private long _finished;

    /// <summary>The newest number given out.</summary>
    public long Asked
    {
        get
        {
            lock (_lock)
                return _asked;
        }
    }

    /// <summary>True while something asked for is not finished.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _finished < _asked;
        }
    }

    public long Ask()
    {
        lock (_lock)
            return ++_asked;
    }

    public void Finish(long number)
    {
        List<TaskCompletionSource<bool>> done;
        lock (_lock)
        {
            if (number <= _finished)
                return;
            _finished = number;
            if (_asked < number)
                _asked = number;
            done = _waiters.Where(waiter => waiter.Number <= number).Select(waiter => waiter.Waiter).ToList();
            _waiters.RemoveAll(waiter => waiter.Number <= number);
        }

        foreach (var waiter in done)
            waiter.TrySetResult(true);
    }

    public async Task WhenFinishedAsync(long number, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiter;
        lock (_lock)
        {
            if (_finished >= number)
                return;
            waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((number, waiter));
        }

        using (cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken)))
            await waiter.Task.ConfigureAwait(false);
    }
}
