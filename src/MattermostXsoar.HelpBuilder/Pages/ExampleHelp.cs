namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>An example: the command, its output, and an explanation.</summary>
internal sealed record ExampleHelp(string Title, string Code, string Output, IReadOnlyList<string> Remarks);
