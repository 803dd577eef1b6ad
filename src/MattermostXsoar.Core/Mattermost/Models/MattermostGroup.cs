using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A group of users, of a directory or a custom one.</summary>
public sealed class MattermostGroup : MattermostResource
{
    /// <summary>The name that is mentioned, without <c>@</c>; empty for a directory's group that cannot be
    /// mentioned.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name people see.</summary>
    [JsonInclude]
    public string DisplayName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>What the group is for.</summary>
    [JsonInclude]
    public string Description
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary><c>custom</c> for one whose members are chosen here, <c>ldap</c> for a directory's.</summary>
    [JsonInclude]
    public string Source
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The directory's id of the group; null for a custom one.</summary>
    [JsonInclude]
    public string? RemoteId { get; internal set; }

    /// <summary>Whether teams or channels follow the group.</summary>
    [JsonInclude]
    public bool HasSyncables { get; internal set; }

    /// <summary>Whether the group can be mentioned; null where the server does not say.</summary>
    [JsonInclude]
    public bool? AllowReference { get; internal set; }

    /// <summary>How many members it has; null where the server does not say.</summary>
    [JsonInclude]
    public long? MemberCount { get; internal set; }

    /// <summary>Whether its members are chosen here rather than in a directory.</summary>
    [JsonIgnore]
    public bool IsCustom => Source == "custom";

    /// <summary>The display name and, where there is one, the name.</summary>
    public override string ToString() => Name.Length == 0 ? DisplayName : $"{DisplayName} ({Name})";
}
