namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>A user of XSOAR.</summary>
public sealed record SandboxXsoarUser
{
    /// <summary>The username: on 8.x the e-mail address.</summary>
    public required string Username { get; init; }

    /// <summary>The full name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The e-mail address.</summary>
    public string Email { get; init; } = "";

    /// <summary>The role.</summary>
    public string Role { get; init; } = "Analyst";

    /// <summary>Whether the account is disabled.</summary>
    public bool Disabled { get; init; }
}
