namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>A type that a command takes or writes.</summary>
internal sealed record TypeHelp(string Name, IReadOnlyList<string> Description);
