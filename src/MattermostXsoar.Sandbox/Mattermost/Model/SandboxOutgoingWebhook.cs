using System.Text.Json;

namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>An outgoing webhook. The sandbox keeps it and calls nobody.</summary>
internal sealed record SandboxOutgoingWebhook
{
    public required string Id { get; init; }

    public string Token { get; init; } = Ids.New();

    public required string CreatorId { get; init; }

    public required string TeamId { get; init; }

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    /// <summary>What the client sent.</summary>
    public required JsonElement Given { get; init; }
}
