namespace MattermostXsoar.Sandbox;

/// <summary>A team besides the first. The administrator and the bot are members of all.</summary>
/// <param name="Name">The name in addresses.</param>
/// <param name="DisplayName">The name people see; the name when left out.</param>
public sealed record SandboxSeedTeam(string Name, string? DisplayName = null);
