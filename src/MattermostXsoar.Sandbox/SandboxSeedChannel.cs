namespace MattermostXsoar.Sandbox;

/// <summary>A channel to begin with.</summary>
public sealed record SandboxSeedChannel
{
    /// <summary>The name in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>The name people see; null makes one of the name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The name of its team; null for the first.</summary>
    public string? Team { get; init; }

    /// <summary>Whether only members see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>What it is for.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>What stands over it.</summary>
    public string Header { get; init; } = "";

    /// <summary>Usernames of its members besides the administrator; null for everybody of the team and the
    /// bot.</summary>
    public IReadOnlyList<string>? Members { get; init; }
}
