namespace MattermostXsoar.Sandbox;

/// <summary>An initial person.</summary>
public sealed record SandboxSeedPerson
{
    /// <summary>The name for mentions.</summary>
    public required string Username { get; init; }

    /// <summary>The first name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>The last name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The address; <c>username@example.com</c> when left out.</summary>
    public string? Email { get; init; }

    /// <summary>The password; null for the seed's <see cref="SandboxSeed.Password"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Whether they administer the server.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Names of their teams; null for the first team only.</summary>
    public IReadOnlyList<string>? Teams { get; init; }
}
