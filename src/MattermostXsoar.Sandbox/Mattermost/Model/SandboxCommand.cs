namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A slash command of a team that calls another program.</summary>
internal sealed record SandboxCommand
{
    public required string Id { get; init; }

    public string Token { get; init; } = Ids.New();

    public required string CreatorId { get; init; }

    public required string TeamId { get; init; }

    public required string Trigger { get; init; }

    public required string Method { get; init; }

    public required string Url { get; init; }

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public bool AutoComplete { get; init; }

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }
}
