namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The body of a search for incidents.</summary>
internal sealed class IncidentSearch
{
    public required bool UserFilter { get; init; }

    public required IncidentFilter Filter { get; init; }
}
