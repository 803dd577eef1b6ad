using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What Mattermost knows of a file that was uploaded.</summary>
public sealed class MattermostFileInfo
{
    /// <summary>The 26-character id.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The one who uploaded it.</summary>
    [JsonInclude]
    public string UserId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The post it is attached to; empty until there is one.</summary>
    [JsonInclude]
    public string PostId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The post's channel, where the server tells it.</summary>
    [JsonInclude]
    public string ChannelId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When it was uploaded, in milliseconds since 1970 (UTC) as the server sends it; 0 when it never
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

    /// <summary>The name without a folder.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>What follows the last dot of the name.</summary>
    [JsonInclude]
    public string Extension
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The size in bytes.</summary>
    [JsonInclude]
    public long Size { get; internal set; }

    /// <summary>The content type; empty where the server does not know it.</summary>
    [JsonInclude]
    public string MimeType
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When it was uploaded; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? CreateAt => EpochTime.FromMilliseconds(CreateAtMs);

    /// <summary>When it was last changed; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? UpdateAt => EpochTime.FromMilliseconds(UpdateAtMs);

    /// <summary>When it was deleted; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? DeleteAt => EpochTime.FromMilliseconds(DeleteAtMs);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Fields that this version of the module does not name, as the server sent them.</summary>
    [JsonInclude, JsonExtensionData]
    public IDictionary<string, JsonElement> AdditionalData
    {
        get => field ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        internal set;
    }
}
