namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A reaction to add.</summary>
internal sealed class NewReaction
{
    public required string UserId { get; init; }

    public required string PostId { get; init; }

    /// <summary>The emoji's name without colons.</summary>
    public required string EmojiName { get; init; }
}
