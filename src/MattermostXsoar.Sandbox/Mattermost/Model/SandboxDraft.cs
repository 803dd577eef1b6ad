namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A message that a user has not sent yet.</summary>
internal sealed record SandboxDraft
{
    public required string UserId { get; init; }

    public required string ChannelId { get; init; }

    public required string RootId { get; init; }

    public required string Message { get; init; }

    /// <summary>The props as JSON.</summary>
    public required string Props { get; init; }

    public required long CreateAt { get; init; }

    public required long UpdateAt { get; init; }
}
