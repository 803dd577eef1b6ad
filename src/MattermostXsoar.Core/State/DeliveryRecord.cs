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

    /// <summary>
    /// The message's own delivery shows it: an annotation that is recorded together with that is only remembered. Not
    /// stored.
    /// </summary>
    public bool IsShownByMessage { get; init; }

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

    /// <summary>
    /// The file that the delivery brings, by its id on the side it comes from; empty for none, null if it is not known.
    /// For an edit: the one that it brings if the message itself has not been delivered yet.
    /// </summary>
    public string? Item { get; init; }

    /// <summary>The ids of all files of that version of the message, separated by commas; null if not known.</summary>
    public string? Files { get; init; }

    /// <summary>
    /// The message had the file from its beginning, as far as its source shows; not stored. It decides only where an
    /// earlier version of this module, which did not record files, recorded the message.
    /// </summary>
    public bool IsFirstFile { get; init; }

    /// <summary>A digest of the text, to detect changes; null if it is not known.</summary>
    public long? Digest { get; init; }

    public DeliveryKind Kind { get; init; }

    /// <summary>It changes or removes what was delivered before, and is no further message.</summary>
    public bool IsChange => Kind is DeliveryKind.Edit or DeliveryKind.Deletion or DeliveryKind.Annotation;

    /// <summary>It is shown after the first part of its message, which it belongs to.</summary>
    public bool IsFurtherPart => Part > 0 || Aspect == MessageAspect.File;

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
