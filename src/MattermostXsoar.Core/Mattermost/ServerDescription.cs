using System.Globalization;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>A server's version, license and limit of the message history, as people read them.</summary>
internal sealed class ServerDescription
{
    // The oldest version that this module was tested with.
    private static readonly Version Oldest = new(5, 37);

    private ServerDescription(string text, IReadOnlyList<string> warnings) => (Text, Warnings) = (text, warnings);

    /// <summary>One sentence.</summary>
    public string Text { get; }

    /// <summary>What a person should know before relying on this server.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Describes a server.</summary>
    /// <param name="version">Its version; empty if it does not tell.</param>
    /// <param name="license">Its license; null if it cannot be read.</param>
    /// <param name="limits">Its limits; null where it has none.</param>
    public static ServerDescription Of(string version, ClientLicense? license, ServerLimits? limits)
    {
        var warnings = new List<string>();
        if (Version.TryParse(version, out var number) && number < Oldest)
            warnings.Add(
                $"Mattermost {version} is older than {Oldest}, the oldest version that this module was tested with: "
                    + "update the server."
            );
        if (limits is { PostHistoryLimit: > 0 })
            warnings.Add(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "This server shows only its newest {0:N0} messages{1}: what is older can be neither mirrored nor "
                        + "changed. Keep a listener running, or license the server.",
                    limits.PostHistoryLimit,
                    limits.LastAccessiblePostTime > 0 ? $", now those since {Utc(limits.LastAccessiblePostTime)}" : ""
                )
            );
        var edition = license switch
        {
            null => "",
            { IsLicensed: "true", Product: { Length: > 0 } product } => $", with the license '{product}'",
            { IsLicensed: "true" } => ", with a license",
            _ => ", without a license",
        };
        var name = version.Length > 0 ? $"Mattermost {version}" : "Mattermost of an unknown version";
        return new ServerDescription(string.Join(" ", [$"{name}{edition}.", .. warnings]), warnings);
    }

    private static string Utc(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
