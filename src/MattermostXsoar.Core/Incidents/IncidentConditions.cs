namespace MattermostXsoar.Core.Incidents;

/// <summary>Which incidents to find. All given conditions must hold; null is no condition.</summary>
internal sealed record IncidentConditions
{
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Whole names; the server compares them as it likes, so the results have to be compared again.</summary>
    public IReadOnlyCollection<string>? Names { get; init; }

    public IReadOnlyCollection<IncidentStatus>? Statuses { get; init; }

    public IReadOnlyCollection<IncidentSeverity>? Severities { get; init; }

    public IReadOnlyCollection<string>? Types { get; init; }

    public IReadOnlyCollection<string>? Owners { get; init; }

    /// <summary>In XSOAR's query language.</summary>
    public string? Query { get; init; }
}
