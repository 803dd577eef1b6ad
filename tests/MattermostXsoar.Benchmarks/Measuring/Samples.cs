namespace MattermostXsoar.Benchmarks.Measuring;

/// <summary>Measured values of one repetition, or one value of each repetition.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Minimum => _values.Min();

    public double Median => Percentile(50);

    public double this[int index] => _values[index];

    public void Add(double value) => _values.Add(value);

    /// <summary>The smallest value that the given percentage of all values do not exceed (nearest rank).</summary>
    public double Percentile(double percent)
    {
        var sorted = _values.Order().ToArray();
        if (percent == 50 && sorted.Length % 2 == 0)
            return (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        var rank = (int)Math.Ceiling(percent / 100 * sorted.Length);
        return sorted[Math.Clamp(rank, 1, sorted.Length) - 1];
    }
}
