namespace MattermostXsoar.Core.Http;

/// <summary>Cancels a source when nothing has happened for a while: what a large file needs is no time limit but
/// progress.</summary>
internal sealed class InactivityLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;

    public InactivityLimit(CancellationTokenSource source, TimeSpan limit, TimeProvider clock)
    {
        _limit = limit;
        _timer = clock.CreateTimer(Cancel, source, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something happened.</summary>
    public void Restart() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for something that has nothing to do with the server: a disk, a reader, another server.</summary>
    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();

    private static void Cancel(object? source)
    {
        try
        {
            ((CancellationTokenSource)source!).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The transfer ended in the same moment.
        }
    }
}
