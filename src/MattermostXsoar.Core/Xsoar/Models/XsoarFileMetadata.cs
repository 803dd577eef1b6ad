using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The properties of an entry's file.</summary>
internal sealed class XsoarFileMetadata
{
    /// <summary>The size in bytes.</summary>
    [JsonInclude]
    public long Size { get; internal set; }

    /// <summary>The kind of file, as the server describes it.</summary>
    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether it is an image or a video.</summary>
    [JsonInclude]
    public bool IsMediaFile { get; internal set; }
}
