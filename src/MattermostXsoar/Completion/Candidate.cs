namespace MattermostXsoar.Completion;

/// <summary>A completion of an argument.</summary>
internal readonly record struct Candidate(string Text, string ToolTip);
