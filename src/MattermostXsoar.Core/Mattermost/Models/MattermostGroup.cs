using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A group of users: a custom one or one of a directory.</summary>
public sealed class MattermostGroup : MattermostResource
{
    /// <summary>
    /// The name that is mentioned, without <c>@</c>; empty for a directory's group that cannot be mentioned.
    /// </summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name that is displayed.</summary>
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

    /// <summary>
    /// <c>custom</c> for a group whose members are managed in Mattermost, <c>ldap</c> for a group of a directory.
    /// </summary>
    [JsonInclude]
    public string Source
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The directory's id of the group; null for a custom one.</summary>
    [JsonInclude]
    public string? RemoteId { get; internal set; }

    /// <summary>Whether the membership of teams or channels follows the group.</summary>
    [JsonInclude]
    public bool HasSyncables { get; internal set; }

    /// <summary>Whether the group can be mentioned; null if the server does not send it.</summary>
    [JsonInclude]
    public bool? AllowReference { get; internal set; }

    /// <summary>The number of its members; null if the server does not send it.</summary>
    [JsonInclude]
    public long? MemberCount { get; internal set; }

    /// <summary>Whether its members are managed in Mattermost and not in a directory.</summary>
    [JsonIgnore]
    public bool IsCustom => Source == "custom";

    /// <summary>The display name and, if there is one, the name.</summary>
    public override string ToString() => Name.Length == 0 ? DisplayName : $"{DisplayName} ({Name})";
}
