using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>A post to create, as a client sends it.</summary>
internal sealed record NewPostRequest(string ChannelId, string Message)
{
    public string RootId { get; init; } = "";

    public string PendingPostId { get; init; } = "";

    public IReadOnlyList<string> FileIds { get; init; } = [];

    public SortedDictionary<string, string> Props { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The type, such as <c>me</c>; empty for an ordinary post.</summary>
    public string Type { get; init; } = "";

    /// <summary>The time of creation that an administrator gives; 0 for now.</summary>
    public long CreateAt { get; init; }

    /// <summary>Whether a webhook posts it.</summary>
    public bool IsByWebhook { get; init; }

    public SandboxPriority? Priority { get; init; }

    public HashSet<string>? RawProps { get; init; }
}
