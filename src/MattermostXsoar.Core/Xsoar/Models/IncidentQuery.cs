namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Selects incidents. All given conditions must hold.</summary>
internal sealed record IncidentQuery
{
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>In XSOAR's query language, e.g. <c>-status:closed</c>.</summary>
    public string? Query { get; init; }

    /// <summary>Only those changed at this time or later.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary>
    /// Whether the newest come first. By default they come in the order of their ids, which do not change while the
    /// pages are read.
    /// </summary>
    public bool NewestFirst { get; init; }

    /// <summary>The page, from 0.</summary>
    public int Page { get; init; }

    /// <summary>The size of the page; at most 1000, the server's limit.</summary>
    public int Size { get; init; } = 1000;
}
