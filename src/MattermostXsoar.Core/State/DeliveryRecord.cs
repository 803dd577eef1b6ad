namespace MattermostXsoar.Core.State;

/// <summary>A delivery: one row of the outbox.</summary>
internal sealed record DeliveryRecord
{
    /// <summary>The revision of a deletion: nothing comes after it.</summary>
    public const long Deleted = long.MaxValue;

    /// <summary>The digest of an annotation that is not there, such as of a message that is not pinned.</summary>
    public const long NoState = 0;

    /// <summary>
    /// The row's number; within a mirror and direction deliveries are made in this order. 0 before it is stored.
    /// </summary>
    public long Id { get; init; }

    public required long MirrorId { get; init; }

    public required DeliveryDirection Direction { get; init; }

    /// <summary>The message's id on the side it comes from: a post id or an entry id.</summary>
    public required string SourceId { get; init; }

    /// <summary>What of the message the delivery is about.</summary>
    public MessageAspect Aspect { get; init; }

    /// <summary>The message is mirrored for certain, whatever the store knows of it; not stored.</summary>
    public bool IsOfKnownMessage { get; init; }

    /// <summary>0, or the number of a further part of an entry that is too long for one post.</summary>
    public int Part { get; init; }

    /// <summary>
    /// 0 for the first version of the message; for a later one a number of the source that increases with every change
    /// (chat: the time of the edit in ms); <see cref="Deleted"/> for its deletion.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>
    /// The version of the message that the text is, as a number of the source. If the message was edited before it was
    /// recorded, or before it could be delivered, the version is greater than the revision.
    /// </summary>
    public long Version { get; init; }

    /// <summary>A digest of the text, to detect changes; null if it is not known.</summary>
    public long? Digest { get; init; }

    public DeliveryKind Kind { get; init; }

    /// <summary>It changes or removes what was delivered before, and is no further message.</summary>
    public bool IsChange => Kind is DeliveryKind.Edit or DeliveryKind.Deletion or DeliveryKind.Annotation;

    /// <summary>When the message was written, by the clock of the side it comes from (ms since 1970).</summary>
    public long SourceAt { get; init; }

    /// <summary>Where a look-up on the other side has to begin to find this delivery, should it have arrived.</summary>
    public LookupStart LookupStart { get; init; }

    /// <summary>What is needed to write it on the other side (JSON); empty once it has arrived.</summary>
    public string Payload { get; init; } = "";

    public DeliveryState State { get; init; }

    /// <summary>
    /// The id on the other side, once it has arrived; for a refused delivery, the id of what was written instead.
    /// </summary>
    public string? TargetId { get; init; }

    /// <summary>How often a person retried it after it was refused.</summary>
    public int Retries { get; init; }
}
