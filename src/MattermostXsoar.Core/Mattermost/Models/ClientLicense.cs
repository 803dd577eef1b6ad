using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What a server publishes of its license, all as texts; without one only that it has none.</summary>
internal sealed class ClientLicense
{
    [JsonInclude, JsonPropertyName("IsLicensed")]
    public string? IsLicensed { get; internal set; }

    /// <summary>The product, such as <c>professional</c> or <c>entry</c>.</summary>
    [JsonInclude, JsonPropertyName("SkuShortName")]
    public string? Product { get; internal set; }
}
