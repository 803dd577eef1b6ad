namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>An incoming webhook: anyone who knows its id may post to its channel.</summary>
internal sealed class SandboxWebhook
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string ChannelId { get; set; }

    public required string TeamId { get; init; }

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";

    public string Username { get; set; } = "";

    public string IconUrl { get; set; } = "";

    public bool ChannelLocked { get; set; }

    public long CreateAt { get; init; }

    public long UpdateAt { get; set; }
}
