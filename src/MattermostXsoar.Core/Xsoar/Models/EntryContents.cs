namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The contents of an entry: a text, or the JSON of anything else.</summary>
internal readonly record struct EntryContents(string Text, bool IsJson);
