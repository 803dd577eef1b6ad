namespace MattermostXsoar.Core.Platform;

/// <summary>Cancels a source after a while on any clock. On the system's own it costs no timer object.</summary>
internal static class TimeLimit
{
    /// <summary>Starts the limit; the result ends it, and is null where disposing the source does.</summary>
    public static IDisposable? Start(CancellationTokenSource source, TimeSpan limit, TimeProvider clock)
    {
        if (ReferenceEquals(clock, TimeProvider.System))
        {
            source.CancelAfter(limit);
            return null;
        }

        return clock.CreateTimer(Cancel, source, limit, Timeout.InfiniteTimeSpan);
    }

    private static void Cancel(object? source)
    {
        try
        {
            ((CancellationTokenSource)source!).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request ended in the same moment.
        }
    }
}
