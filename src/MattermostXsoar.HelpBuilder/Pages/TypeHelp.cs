namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>A type that a command accepts or writes.</summary>
internal sealed record TypeHelp(string Name, IReadOnlyList<string> Description);
