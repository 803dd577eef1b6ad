using System.Net.WebSockets;

namespace MattermostXsoar.Core.Platform;

/// <summary>One read from a websocket; the modern framework does it without an allocation.</summary>
internal static class WebSocketReceive
{
#if NET8_0_OR_GREATER
    /// <summary>Reads what is there into the buffer from an offset on.</summary>
    public static ValueTask<ValueWebSocketReceiveResult> ReceiveIntoAsync(
        this WebSocket socket,
        byte[] buffer,
        int offset,
        CancellationToken cancellationToken
    ) => socket.ReceiveAsync(buffer.AsMemory(offset), cancellationToken);
#else
    /// <summary>Reads what is there into the buffer from an offset on.</summary>
    public static Task<WebSocketReceiveResult> ReceiveIntoAsync(
        this WebSocket socket,
        byte[] buffer,
        int offset,
        CancellationToken cancellationToken
    ) => socket.ReceiveAsync(new ArraySegment<byte>(buffer, offset, buffer.Length - offset), cancellationToken);
#endif
}
