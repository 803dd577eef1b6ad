namespace MattermostXsoar.Sandbox;

/// <summary>An initial group.</summary>
public sealed record SandboxSeedGroup
{
    /// <summary>The name for mentions.</summary>
    public required string Name { get; init; }

    /// <summary>The display name; the name if left out.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Usernames of the members.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary><c>custom</c>, or <c>ldap</c> for one from a directory.</summary>
    public string Source { get; init; } = "custom";
}
