namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A reaction to add (recorded: rest-reactions-add-as-bot.json).</summary>
internal sealed class NewReaction
{
    public required string UserId { get; init; }

    public required string PostId { get; init; }

    /// <summary>The emoji's name, without colons.</summary>
    public required string EmojiName { get; init; }
}
