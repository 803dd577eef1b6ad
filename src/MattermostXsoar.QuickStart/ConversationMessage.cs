namespace MattermostXsoar.QuickStart;

/// <summary>A post of a channel or an entry of a War Room.</summary>
/// <param name="Author">The author according to the server.</param>
/// <param name="Text">The text.</param>
public sealed record ConversationMessage(string Author, string Text);
