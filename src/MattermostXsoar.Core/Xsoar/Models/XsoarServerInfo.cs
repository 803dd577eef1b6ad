using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>What an XSOAR server reports about itself.</summary>
internal sealed class XsoarServerInfo
{
    /// <summary>The version, e.g. <c>6.14.0</c>.</summary>
    [JsonInclude, JsonPropertyName("demistoVersion")]
    public string Version
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The build; null on 8.x.</summary>
    [JsonInclude, JsonPropertyName("buildNum")]
    public string? BuildNumber { get; internal set; }

    /// <summary><c>saas</c> or <c>opp</c> (on premises); null on 6.x.</summary>
    [JsonInclude]
    public string? DeploymentMode { get; internal set; }

    /// <summary><c>xsoar</c> or <c>xsiam</c>; null on 6.x.</summary>
    [JsonInclude]
    public string? ProductMode { get; internal set; }

    /// <summary>The version as a number.</summary>
    [JsonIgnore]
    public Version ParsedVersion => ProductVersion.Parse(Version);
}
