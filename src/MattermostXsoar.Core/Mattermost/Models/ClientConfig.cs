using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// The part of its configuration that a server publishes to clients, all as texts. Without a token it publishes less,
/// and no limit of files (rest-config-client-old.json).
/// </summary>
internal sealed class ClientConfig
{
    [JsonInclude, JsonPropertyName("MaxFileSize")]
    public string? MaxFileSize { get; internal set; }

    [JsonInclude, JsonPropertyName("Version")]
    public string? Version { get; internal set; }
}
