namespace MattermostXsoar.QuickStart;

/// <summary>A line as it stands on one side.</summary>
/// <param name="By">Who the server says wrote it.</param>
/// <param name="Text">What it says.</param>
public sealed record ConversationLine(string By, string Text);
