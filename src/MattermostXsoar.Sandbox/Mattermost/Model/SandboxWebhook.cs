namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>An incoming webhook: anyone who knows its id may post to its channel.</summary>
internal sealed class SandboxWebhook
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string ChannelId { get; init; }

    public required string TeamId { get; init; }

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public string Username { get; init; } = "";

    public string IconUrl { get; init; } = "";

    public bool ChannelLocked { get; init; }

    public long CreateAt { get; init; }
}
