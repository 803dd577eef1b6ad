namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The conditions of a search for incidents.</summary>
internal sealed class IncidentFilter
{
    public IReadOnlyCollection<string>? Id { get; init; }

    public string? Query { get; init; }

    public int Page { get; init; }

    public int Size { get; init; }

    public IReadOnlyList<SearchSort>? Sort { get; init; }
}
