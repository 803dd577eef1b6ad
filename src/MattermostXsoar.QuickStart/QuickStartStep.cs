namespace MattermostXsoar.QuickStart;

/// <summary>One command of the script, with the comments that stand before it.</summary>
internal sealed record QuickStartStep(IReadOnlyList<string> Comments, string Command);
