namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The tags that an entry is to have (swagger: <c>updateEntryTags</c>).</summary>
internal sealed class EntryTags
{
    public required string Id { get; init; }

    public required string InvestigationId { get; init; }

    /// <summary>-1: whatever version the entry has.</summary>
    public long Version { get; init; } = -1;

    public required IReadOnlyList<string> Tags { get; init; }
}
