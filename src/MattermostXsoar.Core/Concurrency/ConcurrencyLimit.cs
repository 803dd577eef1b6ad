namespace MattermostXsoar.Core.Concurrency;

/// <summary>
/// Limits how many mirrors read one server at a time. After a reconnection every mirror has to catch up; a thousand
/// reads at once would exceed the server's own limits and take longer than one after another.
/// </summary>
internal sealed class ConcurrencyLimit(int most)
{
    private readonly SemaphoreSlim _free = new(most, most);

    /// <summary>Waits for a turn; disposing the result ends it.</summary>
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
