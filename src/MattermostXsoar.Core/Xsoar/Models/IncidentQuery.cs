namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Which incidents to find. All conditions given must hold.</summary>
internal sealed record IncidentQuery
{
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>In XSOAR's query language, e.g. <c>-status:closed</c>.</summary>
    public string? Query { get; init; }

    /// <summary>Only those changed at this time or later.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    /// <summary>At most 1000, the server's own limit.</summary>
    public int Size { get; init; } = 1000;
}
