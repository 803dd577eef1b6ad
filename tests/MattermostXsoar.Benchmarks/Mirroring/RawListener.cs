using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The floor's listener: an authenticated ClientWebSocket that finds the frames with posts.</summary>
internal sealed class RawListener : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private RawListener() { }

    /// <summary>Connects with the personal token and waits for the server's hello.</summary>
    public static Task<RawListener> StartAsync(SandboxServer sandbox) =>
        StartAsync(sandbox.MattermostUri, sandbox.PersonalToken);

    /// <inheritdoc cref="StartAsync(SandboxServer)"/>
    public static async Task<RawListener> StartAsync(Uri mattermost, string token)
    {
        var listener = new RawListener();
        var address = new UriBuilder(mattermost) { Scheme = "ws", Path = "/api/v4/websocket" }.Uri;
        await listener._socket.ConnectAsync(address, CancellationToken.None);
        var challenge = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                seq = 1,
                action = "authentication_challenge",
                data = new { token },
            }
        );
        await listener._socket.SendAsync(
            challenge,
            WebSocketMessageType.Text,
            endOfMessage: true,
            CancellationToken.None
        );
        while (
            !Encoding.UTF8.GetString((await listener.ReadAsync()).Span).Contains("\"hello\"", StringComparison.Ordinal)
        ) { }

        return listener;
    }

    /// <summary>Reads until a post is received.</summary>
    public async Task<(string Id, string ChannelId, string Message)> NextPostAsync()
    {
        while (true)
        {
            using var frame = JsonDocument.Parse(await ReadAsync());
            if (!frame.RootElement.TryGetProperty("event", out var name) || !name.ValueEquals("posted"u8))
                continue;
            using var post = JsonDocument.Parse(
                frame.RootElement.GetProperty("data"u8).GetProperty("post"u8).GetString()!
            );
            return (Text(post, "id"), Text(post, "channel_id"), Text(post, "message"));
        }
    }

    public void Dispose() => _socket.Dispose();

    private static string Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString()!;

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException("The sandbox closed the floor's websocket.");
            length += part.Count;
            if (part.EndOfMessage)
                return _buffer.AsMemory(0, length);
        }
    }
}
