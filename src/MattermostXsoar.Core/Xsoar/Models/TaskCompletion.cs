using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Completes a task (swagger: <c>completeTask</c>, route <c>complete/simple</c>).</summary>
internal sealed class TaskCompletion
{
    public required string InvId { get; init; }

    [JsonPropertyName("inTaskID")]
    public required string TaskId { get; init; }

    /// <summary>The answer: of a condition the label of a branch.</summary>
    public required string Input { get; init; }

    public required string Comment { get; init; }

    /// <summary>-1: whatever version the work plan has.</summary>
    public int Version { get; init; } = -1;
}
