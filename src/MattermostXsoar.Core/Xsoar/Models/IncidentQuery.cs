namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Selects incidents. All given conditions must hold.</summary>
internal sealed record IncidentQuery
{
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Only those with one of these statuses (0 pending, 1 active, 2 closed, 3 archived); null for all.</summary>
    public IReadOnlyCollection<int>? Statuses { get; init; }

    /// <summary>Only those with one of these severities (0 to 4); null for all.</summary>
    public IReadOnlyCollection<double>? Severities { get; init; }

    /// <summary>Only those of one of these types; null for all.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Only those with one of these names; null for all.</summary>
    public IReadOnlyCollection<string>? Names { get; init; }

    /// <summary>
    /// The newest first, for people; otherwise by id, which does not change while the pages are read.
    /// </summary>
    public bool NewestFirst { get; init; }

    /// <summary>In XSOAR's query language, e.g. <c>-status:closed</c>.</summary>
    public string? Query { get; init; }

    /// <summary>Only those changed at this time or later.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary>The page, from 0.</summary>
    public int Page { get; init; }

    /// <summary>The size of the page; at most 1000, the server's limit.</summary>
    public int Size { get; init; } = 1000;
}
