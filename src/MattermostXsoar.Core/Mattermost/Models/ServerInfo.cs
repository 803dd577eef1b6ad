using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What a Mattermost server reports without a token.</summary>
/// <param name="Version">The version, e.g. <c>5.37.0</c>; empty if a proxy removes the header.</param>
/// <param name="Ok">Whether the server reports that it is healthy.</param>
public sealed record ServerInfo(string Version, bool Ok)
{
    /// <summary>The version as a number; <c>0.0</c> if it is unknown.</summary>
    public Version ParsedVersion => ProductVersion.Parse(Version);
}
