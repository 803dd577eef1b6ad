using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The playbook task that produced an entry.</summary>
internal sealed class XsoarEntryTask
{
    /// <summary>The playbook.</summary>
    [JsonInclude]
    public string PlaybookName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The task's id.</summary>
    [JsonInclude]
    public string TaskId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The task's name.</summary>
    [JsonInclude]
    public string TaskName
    {
        get;
        internal set => field = value ?? "";
    } = "";
}
