using System.Buffers;
using System.Net.WebSockets;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>Assembles the fragments of a websocket message, in a pooled buffer that grows as needed.</summary>
internal sealed class MessageReader(WebSocket socket, int limit) : IDisposable
{
    // Over nine in ten messages of a real server are under 2 KB (the server's web_conn.go relies on it).
    private const int InitialSize = 16 * 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _length;

    /// <summary>The last message; valid until the next read.</summary>
    public ReadOnlySpan<byte> Message => _buffer.AsSpan(0, _length);

    /// <summary>Reads one complete message.</summary>
    public async ValueTask<MessageRead> ReadAsync(CancellationToken cancellationToken)
    {
        _length = 0;
        if (_buffer.Length > InitialSize * 4)
            Resize(InitialSize);

        while (true)
        {
            var part = await socket.ReceiveIntoAsync(_buffer, _length, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return MessageRead.Closed;

            _length += part.Count;
            if (_length > limit)
                return MessageRead.TooLarge;

            if (part.EndOfMessage)
                return MessageRead.Whole;

            if (_length == _buffer.Length)
                Resize(_buffer.Length * 2);
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Resize(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
