namespace MattermostXsoar.Core.Mirroring;

/// <summary>Growing waits with jitter: each is between half and all of a bound that doubles.</summary>
internal sealed class Backoff(MirrorOptions options, Func<double> random)
{
    private int _tries;

    public TimeSpan Next()
    {
        var bound = Math.Min(
            options.LongestRetry.TotalMilliseconds, options.FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Min(_tries++, 16)));
        return TimeSpan.FromMilliseconds(bound * (0.5 + (random() / 2)));
    }

    public void Reset() => _tries = 0;
}
