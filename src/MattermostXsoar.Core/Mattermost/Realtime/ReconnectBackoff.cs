namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// The wait before the next attempt: short after the first failure, then twice as long each time up to a limit. Up to
/// half of it is subtracted at random, so that the listeners of one server do not all return at the same time.
/// </summary>
internal sealed class ReconnectBackoff(RealtimeOptions options, Func<double> random)
{
    // 2^20 seconds exceed any limit; more would only overflow.
    private const int MostDoublings = 20;
    private int _failures;

    /// <summary>A connection was stable: the next failure counts as the first.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The wait after one more failure, never shorter than the server asked for.</summary>
    public TimeSpan Next(TimeSpan? retryAfter = null)
    {
        var wait = _failures == 0 ? FirstWait() : LaterWait(Math.Min(_failures - 1, MostDoublings));
        _failures++;
        return retryAfter is { } asked && asked > wait ? AtLeast(asked) : wait;
    }

    /// <summary>The wait before a refused token is tried again: a quarter more or less than the interval.</summary>
    public TimeSpan NextTokenCheck() => Scale(options.TokenRetryInterval, 0.75 + (random() * 0.5));

    private static TimeSpan Scale(TimeSpan span, double factor) => TimeSpan.FromTicks((long)(span.Ticks * factor));

    private TimeSpan FirstWait() =>
        options.FirstRetryMinimum + Scale(options.FirstRetryMaximum - options.FirstRetryMinimum, random());

    private TimeSpan LaterWait(int doublings)
    {
        var full = Math.Min(
            options.BackoffBase.TotalMilliseconds * Math.Pow(2, doublings),
            options.BackoffMaximum.TotalMilliseconds
        );
        return TimeSpan.FromMilliseconds(full * (0.5 + (random() * 0.5)));
    }

    private TimeSpan AtLeast(TimeSpan asked)
    {
        var capped = asked > options.RetryAfterMaximum ? options.RetryAfterMaximum : asked;
        return capped + Scale(options.FirstRetryMaximum, random());
    }
}
