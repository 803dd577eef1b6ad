using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Api;
using Microsoft.AspNetCore.Http.Features;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Answers an upgrade request.</summary>
/// <remarks>Implemented here because the framework neither sends pings by a clock other than the machine's nor reports
/// pongs.</remarks>
internal static class SocketUpgrade
{
    private const string HandshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, section 1.3

    private const string Cookie = "MMAUTHTOKEN";

    /// <summary>The token of the request: in its header, or in the session cookie.</summary>
    public static string? Token(HttpContext http, SocketVersion version) =>
        MattermostGate.Token(http) ?? (version.TakesCookies ? http.Request.Cookies[Cookie] : null);

    /// <summary>The answer to a request that is refused before it is upgraded; null to accept it.</summary>
    public static Answer? Refusal(HttpContext http, MattermostWorld world)
    {
        if (!world.Version.Sockets.ChecksOrigin)
            return null;
        if (http.Request.Query["access_token"].ToString() is { Length: > 0 })
            return Error(
                401,
                "",
                401,
                "api.context.token_provided.app_error",
                "Session is not OAuth but token was provided in the query string."
            );
        var origin = http.Request.Headers.Origin.ToString();
        var isOwn =
            Uri.TryCreate(origin, UriKind.Absolute, out var address)
            && address.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return origin.Length == 0 || isOwn
            ? null
            : Error(
                403,
                "Forbidden\n",
                400,
                "api.web_socket.connect.upgrade.app_error",
                $"URL Blocked because of CORS. Url: {origin}"
            );
    }

    public static async Task<(WebSocket Socket, PingStream Stream)> AcceptAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(http.Request.Headers.SecWebSocketKey.ToString());
        var stream = new PingStream(await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync());
        var socket = WebSocket.CreateFromStream(
            stream,
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan }
        );
        return (socket, stream);
    }

    private static Answer Error(int status, string before, int code, string id, string message)
    {
        var error = Json.Bytes(
            (code, id, message),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, it.id);
                writer.WriteString("message"u8, it.message);
                writer.WriteString("detailed_error"u8, "");
                writer.WriteString("request_id"u8, Ids.New());
                writer.WriteNumber("status_code"u8, it.code);
                writer.WriteEndObject();
            }
        );
        return new Answer(status, (byte[])[.. Encoding.UTF8.GetBytes(before), .. error]);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol asks for SHA-1.")]
    private static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeGuid)));
}
