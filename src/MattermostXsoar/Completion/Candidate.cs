namespace MattermostXsoar.Completion;

/// <summary>One way to complete an argument.</summary>
internal readonly record struct Candidate(string Text, string ToolTip);
