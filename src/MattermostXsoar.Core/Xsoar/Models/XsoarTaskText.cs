using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>What a playbook says about a task.</summary>
internal sealed class XsoarTaskText
{
    /// <summary>The name.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The description.</summary>
    [JsonInclude]
    public string Description
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The tags, by which commands can name the task.</summary>
    [JsonInclude]
    public IReadOnlyList<string> Tags
    {
        get;
        internal set => field = value ?? [];
    } = [];
}
