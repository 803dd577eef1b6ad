namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>An example: what is typed, what is shown, and what it means.</summary>
internal sealed record ExampleHelp(string Title, string Code, string Output, IReadOnlyList<string> Remarks);
