namespace MattermostXsoar.Sandbox;

/// <summary>A group to begin with.</summary>
public sealed record SandboxSeedGroup
{
    /// <summary>The name for mentions.</summary>
    public required string Name { get; init; }

    /// <summary>The name people see; the name when left out.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Usernames of the members.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary><c>custom</c>, or <c>ldap</c> for one from a directory.</summary>
    public string Source { get; init; } = "custom";
}
