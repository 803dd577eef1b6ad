namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Opens the investigation of a pending incident.</summary>
internal sealed class IncidentOpening
{
    public required string Id { get; init; }

    public required int Version { get; init; }
}
