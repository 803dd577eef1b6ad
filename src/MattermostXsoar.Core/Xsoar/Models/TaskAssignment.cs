using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Assigns a task to a user.</summary>
internal sealed class TaskAssignment
{
    public required string InvId { get; init; }

    [JsonPropertyName("inTaskID")]
    public required string TaskId { get; init; }

    public required string Assignee { get; init; }

    /// <summary>-1: whatever version the work plan has.</summary>
    public int Version { get; init; } = -1;
}
