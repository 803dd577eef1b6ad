using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>What people may ask the bot for, and what a session does for them.</summary>
internal sealed record ChatSettings
{
    /// <summary>Whether people who are not users of XSOAR may create incidents.</summary>
    public bool AllowExternalIncidents { get; init; }

    /// <summary>The type of an incident that names none; null for XSOAR's default.</summary>
    public string? IncidentType { get; init; }

    /// <summary>The address of an investigation's work plan for people.</summary>
    public required Func<string, Uri> WorkPlanLink { get; init; }

    /// <summary>Starts the mirror of an investigation, or finds the one that it has.</summary>
    public required Func<string, CancellationToken, Task<MattermostMirror>> StartMirror { get; init; }

    /// <summary>How many messages of one person are answered in a minute.</summary>
    public int MostPerMinute { get; init; } = 10;

    /// <summary>How old a message may be that was written while nobody listened.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);
}
