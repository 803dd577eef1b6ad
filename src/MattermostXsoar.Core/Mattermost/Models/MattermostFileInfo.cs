using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What Mattermost knows of a file that was uploaded.</summary>
public sealed class MattermostFileInfo : MattermostResource
{
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

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
