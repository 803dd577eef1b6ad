namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A post to create.</summary>
internal sealed class NewPost
{
    public required string ChannelId { get; init; }

    public required string Message { get; init; }

    /// <summary>The first post of the thread to reply in.</summary>
    public string? RootId { get; init; }

    /// <summary>
    /// An id that the client chooses. For a while the server answers a second post with the same id with the first one,
    /// so that a repeated delivery is harmless for that time.
    /// </summary>
    public string? PendingPostId { get; init; }

    public IReadOnlyDictionary<string, string>? Props { get; init; }

    public IReadOnlyList<string>? FileIds { get; init; }
}
