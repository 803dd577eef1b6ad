namespace MattermostXsoar.Sandbox;

/// <summary>An initial channel.</summary>
public sealed record SandboxSeedChannel
{
    /// <summary>The name in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>The display name; null derives it from the name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The name of its team; null for the first.</summary>
    public string? Team { get; init; }

    /// <summary>Whether only members see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The purpose.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The header.</summary>
    public string Header { get; init; } = "";

    /// <summary>Usernames of its members besides the administrator; null for all members of the team and the
    /// bot.</summary>
    public IReadOnlyList<string>? Members { get; init; }
}
