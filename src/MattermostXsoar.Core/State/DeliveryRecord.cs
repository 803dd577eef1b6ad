namespace MattermostXsoar.Core.State;

/// <summary>A line on its way: one row of the outbox.</summary>
internal sealed record DeliveryRecord
{
    /// <summary>The revision of a line's deletion: nothing comes after it.</summary>
    public const long Deleted = long.MaxValue;

    /// <summary>The row's number; within a mirror and direction lines are delivered in this order. 0 before it is
    /// stored.</summary>
    public long Id { get; init; }

    public required long MirrorId { get; init; }

    public required DeliveryDirection Direction { get; init; }

    /// <summary>The line's id on the side it comes from: a post id or an entry id.</summary>
    public required string SourceId { get; init; }

    /// <summary>0, or the number of a further part of a line that was too long for one post.</summary>
    public int Part { get; init; }

    /// <summary>
    /// 0 for the line as first said; for a later version the source's mark of it, which grows with every change (chat:
    /// the time of the edit in ms); <see cref="Deleted"/> for its deletion.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>
    /// Which version of the line the text is, in the source's marks. A line that was edited before it was ever
    /// recorded, or before it could be delivered, has a version greater than its revision.
    /// </summary>
    public long Version { get; init; }

    /// <summary>What tells one text from another; null when it is not known.</summary>
    public long? Digest { get; init; }

    public DeliveryKind Kind { get; init; }

    /// <summary>It changes or removes what was delivered before, and is no further message.</summary>
    public bool IsChange => Kind is DeliveryKind.Edit or DeliveryKind.Deletion;

    /// <summary>When the line was said, by the clock of the side it comes from (ms since 1970).</summary>
    public long SourceAt { get; init; }

    /// <summary>Where a look-up on the other side has to begin to find this delivery, should it have arrived.</summary>
    public LookupStart LookupStart { get; init; }

    /// <summary>What is needed to say it on the other side (JSON); empty once it has arrived.</summary>
    public string Payload { get; init; } = "";

    public DeliveryState State { get; init; }

    /// <summary>The line's id on the other side, once it has arrived; for one that was refused, of what was said in its
    /// stead.</summary>
    public string? TargetId { get; init; }

    /// <summary>How often a person had it tried again after it was refused.</summary>
    public int Retries { get; init; }
}
