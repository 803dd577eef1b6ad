namespace MattermostXsoar.Core.Concurrency;

/// <summary>Wakes one waiting loop. Setting it again before a wait has consumed it changes nothing.</summary>
internal sealed class AsyncSignal
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    public void Set()
    {
        lock (_semaphore)
        {
            if (_semaphore.CurrentCount == 0)
                _semaphore.Release();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _semaphore.WaitAsync(cancellationToken);
}
