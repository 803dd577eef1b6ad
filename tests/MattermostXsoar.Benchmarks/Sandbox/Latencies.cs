namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>Counts times in classes of 2 %, so that a long run needs no more memory than a short one.</summary>
internal sealed class Latencies
{
    private const double Width = 1.02;
    private static readonly double Shift = Math.Log(Width);

    // From 1 µs to about 100 s.
    private readonly int[] _counts = new int[950];

    public void Add(TimeSpan time)
    {
        var index = (int)(Math.Log(Math.Max(1, time.TotalMicroseconds)) / Shift);
        Interlocked.Increment(ref _counts[Math.Min(index, _counts.Length - 1)]);
    }

    /// <summary>The upper limit of the class that contains the given percentile of all times, in ms.</summary>
    public double Percentile(double percent)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(_counts.Sum(static it => (long)it) * percent / 100));
        var index = 0;
        for (long seen = _counts[0]; seen < rank && index < _counts.Length - 1; seen += _counts[index])
            index++;
        return Math.Pow(Width, index + 1) / 1000;
    }
}
