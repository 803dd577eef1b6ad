namespace MattermostXsoar.Core.State;

/// <summary>
/// A mirror as it is stored: its investigation and channel, its settings, its state, and how far each side has been
/// read.
/// </summary>
internal sealed record MirrorRecord
{
    /// <summary>0 before it is stored.</summary>
    public long Id { get; init; }

    public required string InvestigationId { get; init; }

    public required string ChannelId { get; init; }

    public required string ChannelName { get; init; }

    public required string TeamId { get; init; }

    public required string TeamName { get; init; }

    public MirrorType Type { get; init; }

    public MirrorDirection Direction { get; init; }

    public bool AutoClose { get; init; } = true;

    public MirrorState State { get; init; }

    public DateTimeOffset StateSince { get; init; }

    public string? Reason { get; init; }

    /// <summary>
    /// Increases whenever a person starts or changes the mirror, so that a running listener applies the new settings.
    /// </summary>
    public long Generation { get; init; }

    /// <summary>
    /// Every post up to and including this one has been recorded; null if the channel was empty at the start.
    /// </summary>
    public string? ChatAnchorId { get; init; }

    /// <summary>The anchor's create_at (ms, Mattermost's clock).</summary>
    public long ChatAnchorAt { get; init; }

    /// <summary>
    /// Every edit and deletion in the channel up to this time has been recorded (ms, Mattermost's clock); 0 for none.
    /// </summary>
    public long ChatChangedAt { get; init; }

    /// <summary>
    /// A day before the newest entry when the mirror began (100 ns ticks UTC, XSOAR's clock): older entries are not
    /// mirrored, and all newer ones are known; 0 for none.
    /// </summary>
    public long WarRoomSince { get; init; }

    /// <summary>Names, without <c>@</c>, that a War Room entry may mention in the chat.</summary>
    public IReadOnlyList<string> AllowedMentions { get; init; } = [];

    /// <summary>What of messages is mirrored only because it was asked for, such as reactions.</summary>
    public IReadOnlyList<MessageAspect> OptionalAspects { get; init; } = [];

    /// <summary>Whether a person wants it with a public channel.</summary>
    public bool AllowsPublic { get; init; }

    /// <summary>Whether a person named the channel, instead of leaving it to the module.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether the channel was private when it was last read; null before.</summary>
    public bool? IsPrivate { get; init; }

    /// <summary>How many members the channel had then, guests included; null where that is not known.</summary>
    public long? Members { get; init; }

    /// <summary>How many of them were guests; null where the server does not tell.</summary>
    public long? Guests { get; init; }

    /// <summary>The newest entry's time that has been recorded (100 ns ticks UTC, XSOAR's clock); 0 for none.</summary>
    public long WarRoomCursor { get; init; }

    public long FromChat { get; init; }

    public long FromWarRoom { get; init; }

    public DateTimeOffset? LastDeliveryAt { get; init; }

    public string? LastError { get; init; }

    public bool MirrorsChat => Type != MirrorType.None && Direction != MirrorDirection.FromDemisto;

    public bool MirrorsWarRoom => Type != MirrorType.None && Direction != MirrorDirection.ToDemisto;
}
