namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>
/// Something that the listener did or that happened to it. Holds no token, and the text of a message or the name of a
/// file only in <see cref="Text"/>, where that was asked for.
/// </summary>
public sealed record ListenerLogRecord
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How much it matters.</summary>
    public required ListenerLogLevel Level { get; init; }

    /// <summary>
    /// What happened, by a stable name for filters: <c>Connected</c>, <c>CaughtUp</c>, <c>MirrorPaused</c> …;
    /// docs/operations.md lists them.
    /// </summary>
    public required string Event { get; init; }

    /// <summary>Which mirror, as <c>investigation/channel</c>; null for the listener as a whole.</summary>
    public string? Mirror => InvestigationId is null ? null : $"{InvestigationId}/{ChannelName}";

    /// <summary>The mirror's investigation; null for the listener as a whole.</summary>
    public string? InvestigationId { get; init; }

    /// <summary>The id of the mirror's channel.</summary>
    public string? ChannelId { get; init; }

    /// <summary>What the mirror's channel is called.</summary>
    public string? ChannelName { get; init; }

    /// <summary>
    /// The direction of the delivery: <c>ChatToWarRoom</c> or <c>WarRoomToChat</c>; null where it concerns neither.
    /// </summary>
    public string? Direction { get; init; }

    /// <summary>
    /// What is delivered: <c>Message</c>, <c>File</c> for a message with a file, <c>Edit</c>, <c>Deletion</c>,
    /// <c>Pin</c>, <c>Reactions</c>, or <c>Notice</c> for what the mirror itself posts; null where it concerns no
    /// single delivery.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>The id of the post or entry that it concerns; null for none.</summary>
    public string? SourceId { get; init; }

    /// <summary>The id of the entry or post that shows it on the other side; null for none.</summary>
    public string? TargetId { get; init; }

    /// <summary>How many deliveries, mirrors or records it concerns; null where it concerns one or none.</summary>
    public int? Count { get; init; }

    /// <summary>How long it took or lasted, in milliseconds; null where that means nothing.</summary>
    public double? DurationMs { get; init; }

    /// <summary>
    /// What went wrong, as one of the module's error ids; null where nothing did, or the error has no id.
    /// </summary>
    public string? ErrorId { get; init; }

    /// <summary>
    /// What to do about it; null where there is no advice. It is at the end of <see cref="Message"/> too.
    /// </summary>
    public string? Advice { get; init; }

    /// <summary>What happened, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// The message's text and the file's name; null unless it was asked for. Tokens are removed from it.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>One line, as a foreground listener writes it.</summary>
    /// <returns>
    /// Time, level, event, mirror, message, duration and text, on one line; what a terminal obeys or nobody sees is written as <c>\u{1B}</c>.
    /// </returns>
    public override string ToString() => ListenerLogText.LineOf(this);

    /// <summary>
    /// One line of JSON for log collectors, the same in every edition of PowerShell: the properties that are not null,
    /// by their names.
    /// </summary>
    /// <returns>A JSON object without line breaks.</returns>
    public string ToJson() => ListenerLogText.JsonOf(this);
}
