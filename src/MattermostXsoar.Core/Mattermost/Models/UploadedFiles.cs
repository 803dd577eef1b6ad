using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The response to an upload. If the server accepted no file, the list is empty; that is no error.</summary>
internal sealed class UploadedFiles
{
    [JsonInclude, JsonConverter(typeof(LenientListConverter<MattermostFileInfo>))]
    public IReadOnlyList<MattermostFileInfo> FileInfos
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>The client's own ids of the files; null if the file was sent as the whole body.</summary>
    [JsonInclude]
    public IReadOnlyList<string>? ClientIds { get; internal set; }
}
