namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Closes an incident.</summary>
internal sealed class IncidentClosing
{
    public required string Id { get; init; }

    /// <summary>-1: whatever version the incident has.</summary>
    public int Version { get; init; } = -1;

    public required string CloseReason { get; init; }

    public required string CloseNotes { get; init; }
}
