namespace MattermostXsoar.Sandbox;

/// <summary>A team besides the first. The administrator and the bot are members of all.</summary>
/// <param name="Name">The name in addresses.</param>
/// <param name="DisplayName">The display name; the name if left out.</param>
public sealed record SandboxSeedTeam(string Name, string? DisplayName = null);
