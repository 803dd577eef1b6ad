namespace MattermostXsoar.Core.State;

/// <summary>How far a side has been read; what is null or 0 stays as it was.</summary>
/// <param name="AnchorId">A post up to and including which everything in the channel has been recorded.</param>
/// <param name="AnchorAt">That post's create_at (ms).</param>
/// <param name="Cursor">The newest recorded entry's time (100 ns ticks UTC).</param>
internal readonly record struct ReadPosition(string? AnchorId, long AnchorAt, long Cursor)
{
    public static ReadPosition Chat(string? anchorId, long anchorAt) => new(anchorId, anchorAt, 0);

    public static ReadPosition WarRoom(long cursor) => new(null, 0, cursor);
}
