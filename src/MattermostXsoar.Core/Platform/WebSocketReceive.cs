using System.Net.WebSockets;

namespace MattermostXsoar.Core.Platform;

/// <summary>Reads from a websocket, without allocations on the modern framework.</summary>
internal static class WebSocketReceive
{
#if NET8_0_OR_GREATER
    /// <summary>Reads available data into the buffer, from an offset on.</summary>
    public static ValueTask<ValueWebSocketReceiveResult> ReceiveIntoAsync(
        this WebSocket socket,
        byte[] buffer,
        int offset,
        CancellationToken cancellationToken
    ) => socket.ReceiveAsync(buffer.AsMemory(offset), cancellationToken);
#else
    /// <summary>Reads available data into the buffer, from an offset on.</summary>
    public static Task<WebSocketReceiveResult> ReceiveIntoAsync(
        this WebSocket socket,
        byte[] buffer,
        int offset,
        CancellationToken cancellationToken
    ) => socket.ReceiveAsync(new ArraySegment<byte>(buffer, offset, buffer.Length - offset), cancellationToken);
#endif
}
