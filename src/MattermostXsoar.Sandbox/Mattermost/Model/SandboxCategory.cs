namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A category of a user's sidebar in a team.</summary>
internal sealed class SandboxCategory
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string TeamId { get; init; }

    /// <summary><c>favorites</c>, <c>channels</c>, <c>direct_messages</c> or <c>custom</c>.</summary>
    public required string Type { get; init; }

    public string DisplayName { get; set; } = "";

    public string Sorting { get; set; } = "";

    public bool IsMuted { get; set; }

    public bool IsCollapsed { get; set; }

    /// <summary>The channels that the user has put into it; the usual categories have the other ones too.</summary>
    public List<string> ChannelIds { get; set; } = [];
}
