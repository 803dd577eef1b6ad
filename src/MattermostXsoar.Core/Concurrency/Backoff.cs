namespace MattermostXsoar.Core.Concurrency;

/// <summary>
/// Growing waits with jitter: each is between half and all of a bound that doubles up to the longest.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _tries;

    public TimeSpan Next()
    {
        var bound = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_tries++, 16)));
        return TimeSpan.FromMilliseconds(bound * (0.5 + (random() / 2)));
    }

    public void Reset() => _tries = 0;
}
