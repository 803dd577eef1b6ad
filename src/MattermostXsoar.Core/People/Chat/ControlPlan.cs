using MattermostXsoar.Core.People.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>What a command is to do, as it is stored before it is done.</summary>
internal sealed record ControlPlan
{
    public required ChatCommand Command { get; init; }

    public required string InvestigationId { get; init; }

    /// <summary>The team of the permalink.</summary>
    public required string Team { get; init; }

    /// <summary>The user of XSOAR who is to own the incident or the task, the severity's number, or the text.</summary>
    public string Value { get; init; } = "";

    public string TaskId { get; init; } = "";

    /// <summary>What was done, for people: "set the owner to Jane".</summary>
    public required string Done { get; init; }

    /// <summary>Who did it, as the War Room shows it.</summary>
    public required string Who { get; init; }
}
