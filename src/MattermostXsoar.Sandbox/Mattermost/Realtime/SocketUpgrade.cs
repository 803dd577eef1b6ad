using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Answers an upgrade request.</summary>
/// <remarks>Implemented here because the framework neither sends pings by a clock other than the machine's nor reports
/// pongs.</remarks>
internal static class SocketUpgrade
{
    private const string HandshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, section 1.3

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

    [SuppressMessage("Security", "CA5350", Justification = "The protocol asks for SHA-1.")]
    private static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeGuid)));
}
