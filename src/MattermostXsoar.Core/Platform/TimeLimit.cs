namespace MattermostXsoar.Core.Platform;

/// <summary>Cancels a source after a time, with any clock. With the system clock no timer object is needed.</summary>
internal static class TimeLimit
{
    /// <summary>Starts the limit. Disposing the result ends it; it is null if disposing the source does so.</summary>
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
            // The request ended at the same moment.
        }
    }
}
