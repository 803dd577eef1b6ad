using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The work plan of an investigation; also what completing or assigning a task returns.</summary>
internal sealed class WorkPlan : IAnswer
{
    bool IAnswer.IsComplete => Playbook is not null || Tasks.Count > 0;

    /// <summary>The work plan within an answer that wraps it.</summary>
    [JsonInclude, JsonPropertyName("invPlaybook")]
    public WorkPlan? Playbook { get; internal set; }

    /// <summary>The tasks by their numbers.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, XsoarTask> Tasks
    {
        get;
        internal set => field = value ?? new Dictionary<string, XsoarTask>();
    } = new Dictionary<string, XsoarTask>();
}
