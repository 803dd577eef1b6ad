namespace MattermostXsoar.Core.State;

/// <summary>How far a side has been read; null or 0 leaves a value as it is.</summary>
/// <param name="AnchorId">A post up to and including which everything in the channel has been recorded.</param>
/// <param name="AnchorAt">That post's create_at (ms).</param>
/// <param name="ChangedAt">The time up to which the channel's edits and deletions have been recorded (ms).</param>
/// <param name="Cursor">The newest recorded entry's time (100 ns ticks UTC).</param>
internal readonly record struct ReadPosition(string? AnchorId, long AnchorAt, long ChangedAt, long Cursor)
{
    public static ReadPosition Chat(string? anchorId, long anchorAt, long changedAt = 0) =>
        new(anchorId, anchorAt, changedAt, 0);

    public static ReadPosition WarRoom(long cursor) => new(null, 0, 0, cursor);
}
