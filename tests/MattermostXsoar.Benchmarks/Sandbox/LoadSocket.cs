using System.Net.WebSockets;

namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>A client's websocket: counts the received messages and how long they took.</summary>
internal sealed class LoadSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly LoadFigures _figures;
    private Task _reading = Task.CompletedTask;

    private LoadSocket(LoadFigures figures) => _figures = figures;

    public static async Task<LoadSocket> ConnectAsync(
        LoadTarget target,
        string token,
        string channelId,
        LoadFigures figures
    )
    {
        var it = new LoadSocket(figures);
        it._socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        var address = new UriBuilder(target.Address)
        {
            Scheme = "ws",
            Path = "/api/v4/websocket",
            Query = "channel=" + channelId,
        }.Uri;
        await it._socket.ConnectAsync(address, CancellationToken.None);
        it._reading = it.ReadAsync();
        return it;
    }

    public async Task CloseAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await _reading;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
            } while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            if (LoadMessage.TryDue(_buffer.AsSpan(0, length), out var due))
                _figures.Delivered(due);
        }
    }
}
