namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>What an entry says: a text, or the JSON of anything else.</summary>
internal readonly record struct EntryContents(string Text, bool IsJson);
