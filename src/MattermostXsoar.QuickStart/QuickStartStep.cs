namespace MattermostXsoar.QuickStart;

/// <summary>One command of the script, with the comments before it.</summary>
internal sealed record QuickStartStep(IReadOnlyList<string> Comments, string Command);
