namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A file that is uploaded in parts.</summary>
internal sealed class SandboxUpload
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string ChannelId { get; init; }

    public required string FileName { get; init; }

    public required long FileSize { get; init; }

    public required long CreateAt { get; init; }

    public MemoryStream Content { get; } = new();
}
