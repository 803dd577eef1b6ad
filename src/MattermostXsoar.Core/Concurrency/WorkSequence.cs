namespace MattermostXsoar.Core.Concurrency;

/// <summary>
/// Numbers pieces of work that are done in order, so that others can wait until a certain one is finished. Finishing a
/// number finishes all before it.
/// </summary>
internal sealed class WorkSequence
{
    private readonly object _lock = new();
    private readonly List<(long Number, TaskCompletionSource<bool> Waiter)> _waiters = [];
    private long _newest;
    private long _finished;

    /// <summary>The newest number given out.</summary>
    public long Newest
    {
        get
        {
            lock (_lock)
                return _newest;
        }
    }

    /// <summary>True while a number that was given out is not finished.</summary>
    public bool HasUnfinished
    {
        get
        {
            lock (_lock)
                return _finished < _newest;
        }
    }

    /// <summary>How many wait for a number.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiters.Count;
        }
    }

    /// <summary>Gives out the next number.</summary>
    public long Next()
    {
        lock (_lock)
            return ++_newest;
    }

    /// <summary>Finishes a number and all before it.</summary>
    public void Finish(long number)
    {
        List<TaskCompletionSource<bool>> done;
        lock (_lock)
        {
            if (number <= _finished)
                return;
            _finished = number;
            if (_newest < number)
                _newest = number;
            done = _waiters.Where(waiter => waiter.Number <= number).Select(waiter => waiter.Waiter).ToList();
            _waiters.RemoveAll(waiter => waiter.Number <= number);
        }

        foreach (var waiter in done)
            waiter.TrySetResult(true);
    }

    /// <summary>Waits until a number is finished.</summary>
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
        {
            try
            {
                await waiter.Task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // What it waited for may never be finished.
                lock (_lock)
                    _waiters.RemoveAll(known => known.Waiter == waiter);
                throw;
            }
        }
    }
}
