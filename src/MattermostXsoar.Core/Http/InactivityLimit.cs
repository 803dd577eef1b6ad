namespace MattermostXsoar.Core.Http;

/// <summary>Cancels a source after a time without progress: a large file may take long, but it must advance.</summary>
internal sealed class InactivityLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;

    public InactivityLimit(CancellationTokenSource source, TimeSpan limit, TimeProvider clock)
    {
        _limit = limit;
        _timer = clock.CreateTimer(Cancel, source, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Progress was made: the time begins anew.</summary>
    public void Restart() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Stops the time while the transfer waits for something other than the server: a disk, a reader, another server.
    /// </summary>
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
            // The transfer ended at the same moment.
        }
    }
}
