namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>A related page.</summary>
internal sealed record LinkHelp(string Text, string Address);
