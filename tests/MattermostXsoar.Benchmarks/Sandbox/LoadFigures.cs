namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>The results of a load.</summary>
internal sealed class LoadFigures
{
    private long _answered;
    private long _delivered;
    private long _refused;

    /// <summary>From when a post was due until it was answered.</summary>
    public Latencies Answers { get; } = new();

    /// <summary>From when a post was due until a listener received it.</summary>
    public Latencies Events { get; } = new();

    public long AnsweredCount => Interlocked.Read(ref _answered);

    public long DeliveredCount => Interlocked.Read(ref _delivered);

    public long RefusedCount => Interlocked.Read(ref _refused);

    /// <summary>The measured time.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Processor time of the whole process during that time, including clients.</summary>
    public TimeSpan Processor { get; set; }

    public double PostsPerSecond => AnsweredCount / Elapsed.TotalSeconds;

    public double Cores => Processor / Elapsed;

    public void Answered(long due, bool accepted)
    {
        Answers.Add(TimeProvider.System.GetElapsedTime(due));
        Interlocked.Increment(ref accepted ? ref _answered : ref _refused);
    }

    public void Delivered(long due)
    {
        Events.Add(TimeProvider.System.GetElapsedTime(due));
        Interlocked.Increment(ref _delivered);
    }
}
