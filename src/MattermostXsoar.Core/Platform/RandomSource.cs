namespace MattermostXsoar.Core.Platform;

/// <summary>Random numbers for back-off and jitter; tests replace them.</summary>
internal static class RandomSource
{
    /// <summary>Creates a thread-safe source of numbers from 0 to below 1.</summary>
    public static Func<double> Create()
    {
        var random = new Random();
        return () =>
        {
            lock (random)
                return random.NextDouble();
        };
    }
}
