using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// The part of its configuration that a server publishes to clients, all as texts. Without a token it publishes less,
/// and no limits (rest-config-client-old.json).
/// </summary>
internal sealed class ClientConfig
{
    [JsonInclude, JsonPropertyName("MaxFileSize")]
    public string? MaxFileSize { get; internal set; }

    [JsonInclude, JsonPropertyName("MaxPostSize")]
    public string? MaxPostSize { get; internal set; }

    /// <summary>The address at which people reach the server; empty if the administrator has not set it.</summary>
    [JsonInclude, JsonPropertyName("SiteURL")]
    public string? SiteUrl { get; internal set; }

    [JsonInclude, JsonPropertyName("Version")]
    public string? Version { get; internal set; }
}
