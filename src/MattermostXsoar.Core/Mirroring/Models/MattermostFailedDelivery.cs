using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>
/// A delivery that the other side refused for good: which, when and why. The message's text is where it was written.
/// </summary>
public sealed record MattermostFailedDelivery
{
    /// <summary>The mirror's investigation.</summary>
    public required string InvestigationId { get; init; }

    /// <summary>The mirror's channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The channel's name.</summary>
    public required string ChannelName { get; init; }

    /// <summary>Which way it goes: from the chat into the War Room, or from the War Room into the chat.</summary>
    public DeliveryDirection Direction { get; init; }

    /// <summary>
    /// What it is: <c>Message</c>, <c>Edit</c>, <c>Deletion</c>, <c>Annotation</c> for a pin or reactions, or
    /// <c>Notice</c> for what the mirror itself posts.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The post's id, or the entry's.</summary>
    public required string SourceId { get; init; }

    /// <summary>Where the message is: the post's permalink, or the War Room.</summary>
    public required Uri Source { get; init; }

    /// <summary>0, or which further part of it: a file of a post, or a part of a long entry.</summary>
    public int Part { get; init; }

    /// <summary>When the message was written, by the clock of the side it comes from.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was refused last.</summary>
    public DateTimeOffset FailedAt { get; init; }

    /// <summary>How often it was refused: once, and once more for each time that a person had it tried again.</summary>
    public int Attempts { get; init; }

    /// <summary>Why, in the other side's words.</summary>
    public required string Reason { get; init; }
}
