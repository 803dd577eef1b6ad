namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>One user's reaction to a post with one emoji.</summary>
public sealed class SandboxReaction
{
    /// <summary>The id of the user who reacted.</summary>
    public required string UserId { get; init; }

    /// <summary>The id of the post.</summary>
    public required string PostId { get; init; }

    /// <summary>The emoji's name without colons, such as <c>thumbsup</c>.</summary>
    public required string EmojiName { get; init; }

    /// <summary>When the user reacted for the first time, in ms since the epoch. It stays when the reaction is removed
    /// and added again.</summary>
    public long CreateAt { get; init; }

    /// <summary>When it was added or removed last, in ms since the epoch.</summary>
    public long UpdateAt { get; set; }

    /// <summary>Removal, in ms since the epoch; 0 while it is there.</summary>
    internal long DeleteAt { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{UserId} {EmojiName}";
}
