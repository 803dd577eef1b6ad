using System.Globalization;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>What a server publishes of its configuration that decides how this module works with it.</summary>
/// <param name="MaxPostSize">The most characters in a post (<see cref="PostSize"/>).</param>
/// <param name="SiteUrl">
/// The address at which people reach the server, with its path and without a slash at its end; null if the server has
/// none.
/// </param>
/// <param name="Files">The limits for files.</param>
internal sealed record ServerSettings(int MaxPostSize, Uri? SiteUrl, FileLimits Files)
{
    // What browsers and proxies take; a longer text is no address.
    private const int LongestUrl = 2048;

    /// <summary>Nothing is known yet.</summary>
    public static ServerSettings Unknown { get; } = new(PostSize.Largest, null, FileLimits.Unknown);

    /// <summary>Reads what a server publishes. A value that it does not publish stays as it was known before.</summary>
    public static ServerSettings Read(ClientConfig config, ServerSettings known) =>
        new(
            int.TryParse(config.MaxPostSize, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
                ? Math.Max(PostSize.Smallest, Math.Min(PostSize.Largest, size))
                : known.MaxPostSize,
            config.SiteUrl is { } url ? AddressOf(url) : known.SiteUrl,
            FileLimits.Read(config)
        );

    // Without user information, query and fragment, which are no part of an address to show.
    private static Uri? AddressOf(string url) =>
        url.Length <= LongestUrl
        && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.Host.Length > 0
            ? new Uri(
                address
                    .GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                    .TrimEnd('/')
            )
            : null;
}
