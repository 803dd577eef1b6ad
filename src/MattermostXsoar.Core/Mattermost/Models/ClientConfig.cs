using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// What of its configuration a server tells its clients: texts throughout. Without a token it tells less, and no limit
/// of files (rest-config-client-old.json).
/// </summary>
internal sealed class ClientConfig
{
    [JsonInclude, JsonPropertyName("MaxFileSize")]
    public string? MaxFileSize { get; internal set; }

    [JsonInclude, JsonPropertyName("Version")]
    public string? Version { get; internal set; }
}
