namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A post to write.</summary>
internal sealed class NewPost
{
    public required string ChannelId { get; init; }

    public required string Message { get; init; }

    /// <summary>The first post of the thread to reply in.</summary>
    public string? RootId { get; init; }

    /// <summary>
    /// A name for this attempt. The server refuses a second post with the same one for a while, which makes a repeated
    /// delivery harmless where it remembers.
    /// </summary>
    public string? PendingPostId { get; init; }

    public IReadOnlyDictionary<string, string>? Props { get; init; }

    public IReadOnlyList<string>? FileIds { get; init; }
}
