using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The properties of an uploaded file.</summary>
public sealed class MattermostFileInfo : MattermostResource
{
    /// <summary>The id of the user who uploaded it.</summary>
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

    /// <summary>The post's channel, if the server sends it.</summary>
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

    /// <summary>The part of the name after its last dot.</summary>
    [JsonInclude]
    public string Extension
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The size in bytes.</summary>
    [JsonInclude]
    public long Size { get; internal set; }

    /// <summary>The content type; empty if the server does not know it.</summary>
    [JsonInclude]
    public string MimeType
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
