using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A group of users, of a directory or a custom one.</summary>
public sealed class MattermostGroup
{
    /// <summary>The 26-character id.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

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

    /// <summary>When it was made, in milliseconds since 1970 (UTC) as the server sends it; 0 when it never
    /// happened.</summary>
    [JsonInclude, JsonPropertyName("create_at")]
    public long CreateAtMs { get; internal set; }

    /// <summary>When it was last changed, in milliseconds since 1970 (UTC) as the server sends it; 0 when it never
    /// happened.</summary>
    [JsonInclude, JsonPropertyName("update_at")]
    public long UpdateAtMs { get; internal set; }

    /// <summary>When it was deleted, in milliseconds since 1970 (UTC) as the server sends it; 0 when it never
    /// happened.</summary>
    [JsonInclude, JsonPropertyName("delete_at")]
    public long DeleteAtMs { get; internal set; }

    /// <summary>Whether teams or channels follow the group.</summary>
    [JsonInclude]
    public bool HasSyncables { get; internal set; }

    /// <summary>Whether the group can be mentioned; null where the server does not say.</summary>
    [JsonInclude]
    public bool? AllowReference { get; internal set; }

    /// <summary>How many members it has; null where the server does not say.</summary>
    [JsonInclude]
    public long? MemberCount { get; internal set; }

    /// <summary>When it was made; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? CreateAt => EpochTime.FromMilliseconds(CreateAtMs);

    /// <summary>When it was last changed; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? UpdateAt => EpochTime.FromMilliseconds(UpdateAtMs);

    /// <summary>When it was deleted; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? DeleteAt => EpochTime.FromMilliseconds(DeleteAtMs);

    /// <summary>Whether its members are chosen here rather than in a directory.</summary>
    [JsonIgnore]
    public bool IsCustom => Source == "custom";

    /// <summary>Fields that this version of the module does not name, as the server sent them.</summary>
    [JsonInclude, JsonExtensionData]
    public IDictionary<string, JsonElement> AdditionalData
    {
        get => field ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        internal set;
    }

    /// <summary>The display name and, where there is one, the name.</summary>
    public override string ToString() => Name.Length == 0 ? DisplayName : $"{DisplayName} ({Name})";
}
