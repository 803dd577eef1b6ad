namespace MattermostXsoar.Sandbox.Page;

/// <summary>One direction of an observed mirror. Times are in ms since the epoch.</summary>
internal sealed class MirrorLane
{
    private const int Remembered = 200;

    private readonly Queue<double> _latencies = new();

    /// <summary>How many posts or entries were mirrored.</summary>
    public int Crossed { get; private set; }

    /// <summary>When the first mirrored post or entry was created; null if there is none.</summary>
    public double? FirstWrittenAt { get; private set; }

    /// <summary>When the newest mirrored post or entry was created.</summary>
    public double LastWrittenAt { get; private set; }

    /// <summary>When the last one arrived on the other side.</summary>
    public double LastArrivedAt { get; private set; }

    /// <summary>How long the last 200 took, in ms.</summary>
    public IReadOnlyCollection<double> Latencies => _latencies;

    public void Add(double writtenAt, double arrivedAt)
    {
        Crossed++;
        FirstWrittenAt = Math.Min(FirstWrittenAt ?? writtenAt, writtenAt);
        LastWrittenAt = Math.Max(LastWrittenAt, writtenAt);
        LastArrivedAt = Math.Max(LastArrivedAt, arrivedAt);
        if (_latencies.Count == Remembered)
            _latencies.Dequeue();
        _latencies.Enqueue(Math.Max(0, arrivedAt - writtenAt));
    }
}
