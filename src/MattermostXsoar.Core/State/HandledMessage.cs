namespace MattermostXsoar.Core.State;

/// <summary>A message to the bot: each is handled once, however often it is read.</summary>
internal sealed record HandledMessage
{
    public required string PostId { get; init; }

    public required string ChannelId { get; init; }

    /// <summary>The first post of its thread; empty for a first post.</summary>
    public required string RootId { get; init; }

    public required string UserId { get; init; }

    /// <summary>Whether only the person and the bot are in the channel.</summary>
    public required bool IsDirect { get; init; }

    /// <summary>Its text, without the mention of the bot; empty once it is done.</summary>
    public required string Text { get; init; }

    /// <summary>When it was written (ms, Mattermost's clock).</summary>
    public required long WrittenAt { get; init; }

    public HandledMessageState State { get; init; }

    /// <summary>What is to be done, in a form of the one who does it; null before that is settled.</summary>
    public string? Plan { get; init; }

    /// <summary>The answer; null before it is settled.</summary>
    public string? Reply { get; init; }
}
