namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A line for the War Room that is shown and never run.</summary>
internal sealed class NewFormattedEntry
{
    public required string InvestigationId { get; init; }

    public required string Format { get; init; }

    public required string Contents { get; init; }
}
