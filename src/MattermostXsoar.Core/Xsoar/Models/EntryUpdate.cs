namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A change of an entry that is there (swagger: <c>updateEntry</c>).</summary>
internal sealed class EntryUpdate
{
    /// <summary>The entry; never empty: without it the same call makes a new entry.</summary>
    public required string Id { get; init; }

    public required string InvestigationId { get; init; }

    /// <summary>-1: whatever version the entry has.</summary>
    public long Version { get; init; } = -1;

    /// <summary>The new text, or <c>true</c> or <c>false</c> for a mark.</summary>
    public required string Data { get; init; }

    /// <summary>Whether the text is Markdown.</summary>
    public bool? Markdown { get; init; }
}
