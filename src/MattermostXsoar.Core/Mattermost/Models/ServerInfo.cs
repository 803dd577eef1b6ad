using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What a Mattermost server says of itself without being asked for a token.</summary>
/// <param name="Version">The version, e.g. <c>5.37.0</c>; empty where a proxy removes the header that tells it.</param>
/// <param name="Ok">Whether the server calls itself healthy.</param>
public sealed record ServerInfo(string Version, bool Ok)
{
    /// <summary>The version for comparing; <c>0.0</c> when it is unknown.</summary>
    public Version ParsedVersion => ProductVersion.Parse(Version);
}
