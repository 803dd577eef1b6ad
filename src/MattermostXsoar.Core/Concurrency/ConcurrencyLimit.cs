namespace MattermostXsoar.Core.Concurrency;

/// <summary>
/// Lets a few mirrors at a time read one server. After a reconnection every mirror has to catch up; a thousand readings
/// at once would be turned away by the server's own limits and end later than one after another.
/// </summary>
internal sealed class ConcurrencyLimit(int most)
{
    private readonly SemaphoreSlim _free = new(most, most);

    /// <summary>Waits for its turn; disposing what it returns gives the turn on.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_free);
    }

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                free.Release();
        }
    }
}
