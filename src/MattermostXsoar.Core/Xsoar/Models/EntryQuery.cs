namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Selects entries of a War Room.</summary>
internal sealed record EntryQuery
{
    /// <summary>Only entries from this time on.</summary>
    public DateTimeOffset? FromTime { get; init; }

    /// <summary>The largest number of entries; the server returns at most 1000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>This entry and those before it.</summary>
    public string? LastId { get; init; }

    /// <summary>This entry and those after it.</summary>
    public string? FirstId { get; init; }

    /// <summary>The server's filter names, e.g. <c>chats</c>, <c>notes</c>, <c>attachments</c>; null for all.</summary>
    public IReadOnlyCollection<string>? Categories { get; init; }

    /// <summary>Only entries with one of these tags; null for all.</summary>
    public IReadOnlyCollection<string>? Tags { get; init; }
}
