namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Chooses the post from which a channel is read again after a gap: the newest one that is older than the newest seen
/// by at least the overlap, so that posts published out of order are read again. Not thread-safe.
/// </summary>
internal sealed class AnchorTracker(string? anchorId, long anchorAt, TimeSpan overlap)
{
    // One candidate a second is enough; a burst must not fill memory.
    private const long Spacing = 1000;

    private readonly Queue<(string Id, long At)> _candidates = new();
    private readonly long _overlap = (long)overlap.TotalMilliseconds;
    private long _lastCandidateAt = long.MinValue;

    public string? AnchorId { get; private set; } = anchorId;

    public long AnchorAt { get; private set; } = anchorAt;

    /// <summary>The newest create_at seen (ms); 0 for none.</summary>
    public long NewestAt { get; private set; } = anchorAt;

    /// <summary>
    /// Takes a post into account; it must be recorded in the same transaction as the anchor, or an earlier one.
    /// </summary>
    public void Observe(string postId, long at)
    {
        if (at > NewestAt)
            NewestAt = at;
        if (at - Spacing >= _lastCandidateAt)
        {
            _candidates.Enqueue((postId, at));
            _lastCandidateAt = at;
        }

        while (_candidates.Count > 0 && _candidates.Peek().At <= NewestAt - _overlap)
        {
            var (id, candidateAt) = _candidates.Dequeue();
            if (candidateAt > AnchorAt || AnchorId is null)
                (AnchorId, AnchorAt) = (id, candidateAt);
        }
    }
}
