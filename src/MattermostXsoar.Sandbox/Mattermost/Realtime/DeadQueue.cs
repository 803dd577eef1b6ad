namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>The last frames that were sent on a connection, for a client that may not have received them: 128, as on
/// the server.</summary>
internal sealed class DeadQueue
{
    private const int Capacity = 128;

    private readonly Queue<(long Sequence, ServerEvent Event)> _frames = new(Capacity);
    private long _last = -1;

    public void Add(long sequence, ServerEvent item)
    {
        if (_frames.Count == Capacity)
            _frames.Dequeue();
        _frames.Enqueue((sequence, item));
        _last = sequence;
    }

    public void Clear()
    {
        _frames.Clear();
        _last = -1;
    }

    /// <summary>The frames from <paramref name="sequence"/> on, or null if that one is no longer kept.</summary>
    public IReadOnlyList<(long Sequence, ServerEvent Event)>? From(long sequence) =>
        _frames.Any(frame => frame.Sequence == sequence)
            ? [.. _frames.Where(frame => frame.Sequence >= sequence)]
            : null;

    /// <summary>Whether a frame before <paramref name="sequence"/>, which the client expects next, may have been
    /// lost.</summary>
    public bool HasLoss(long sequence) => _last >= 0 && _last != sequence - 1;
}
