namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The conditions of a search for incidents.</summary>
internal sealed class IncidentFilter
{
    public IReadOnlyCollection<string>? Id { get; init; }

    public IReadOnlyCollection<int>? Status { get; init; }

    /// <summary>Severities.</summary>
    public IReadOnlyCollection<double>? Level { get; init; }

    public IReadOnlyCollection<string>? Type { get; init; }

    public IReadOnlyCollection<string>? Name { get; init; }

    public string? Query { get; init; }

    public int Page { get; init; }

    public int Size { get; init; }

    public IReadOnlyList<SearchSort>? Sort { get; init; }
}
