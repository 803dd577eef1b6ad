using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The answer to an upload. What the server took none of is an empty list, not an error.</summary>
internal sealed class UploadedFiles
{
    [JsonInclude]
    public IReadOnlyList<MattermostFileInfo> FileInfos
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>The client's own names for the files; null where it sent the file alone.</summary>
    [JsonInclude]
    public IReadOnlyList<string>? ClientIds { get; internal set; }
}
