namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A War Room entry that is displayed and never executed.</summary>
internal sealed class NewFormattedEntry
{
    public required string InvestigationId { get; init; }

    public required string Format { get; init; }

    public required string Contents { get; init; }
}
