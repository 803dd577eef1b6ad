using System.Globalization;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The address of the websocket: the server's address with its path and the websocket scheme.</summary>
internal static class RealtimeAddress
{
    /// <summary>The address for a new connection.</summary>
    public static Uri Of(Uri baseUri) => Of(baseUri, string.Empty);

    /// <summary>
    /// The address for a connection that resumes another one. The token is never part of an address: proxies and
    /// servers write addresses into their logs.
    /// </summary>
    public static Uri Of(Uri baseUri, string connectionId, long nextSequence) =>
        Of(
            baseUri,
            string.Format(
                CultureInfo.InvariantCulture,
                "connection_id={0}&sequence_number={1}",
                Uri.EscapeDataString(connectionId),
                nextSequence
            )
        );

    private static Uri Of(Uri baseUri, string query) =>
        new UriBuilder(baseUri)
        {
            Scheme = string.Equals(baseUri.Scheme, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)
                ? "wss"
                : "ws",
            // An explicit port: the builder would carry over 443 as -1 only for schemes it knows.
            Port = baseUri.Port,
            Path = baseUri.AbsolutePath.TrimEnd('/') + "/api/v4/websocket",
            Query = query,
            UserName = string.Empty,
            Password = string.Empty,
            Fragment = string.Empty,
        }.Uri;
}
