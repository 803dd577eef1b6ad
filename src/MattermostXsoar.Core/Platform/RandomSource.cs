namespace MattermostXsoar.Core.Platform;

/// <summary>Chance for back-off and jitter; tests put in their own.</summary>
internal static class RandomSource
{
    /// <summary>Makes a source of numbers from 0 to below 1 that any thread may call.</summary>
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
