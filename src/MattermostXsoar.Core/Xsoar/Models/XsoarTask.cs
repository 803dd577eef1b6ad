using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A task of a playbook that runs in an investigation.</summary>
internal sealed class XsoarTask : IAnswer
{
    bool IAnswer.IsComplete => Id.Length > 0;

    /// <summary>The number in the work plan.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary><c>regular</c>, <c>condition</c>, <c>collection</c> or <c>playbook</c>.</summary>
    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary><c>New</c>, <c>InProgress</c>, <c>Waiting</c>, <c>Completed</c>, <c>Error</c>, <c>Skipped</c> or
    /// <c>Blocked</c>.</summary>
    [JsonInclude]
    public string State
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The username of whom it is assigned to; empty for nobody.</summary>
    [JsonInclude]
    public string Assignee
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Who completed it; empty while it is open.</summary>
    [JsonInclude]
    public string CompletedBy
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When it is due; null for never.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarOptionalTimeConverter))]
    public DateTimeOffset? DueDate { get; internal set; }

    /// <summary>What the playbook says about it.</summary>
    [JsonInclude]
    public XsoarTaskText? Task { get; internal set; }

    /// <summary>The next tasks by branch; of a condition these are the answers that it takes.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? NextTasks { get; internal set; }

    /// <summary>The name, or the number where it has none.</summary>
    [JsonIgnore]
    public string Name => Task is { Name.Length: > 0 } task ? task.Name : Id;

    /// <summary>Whether it is done: completed or skipped.</summary>
    [JsonIgnore]
    public bool IsDone => State is "Completed" or "Skipped";
}
