namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Finds pongs among a client's frames without consuming the stream.</summary>
internal sealed class PongScanner
{
    private const int Pong = 0x0A;

    private readonly byte[] _head = new byte[14];
    private int _have;
    private long _skip;

    /// <summary>How many of the frames that begin in these bytes are pongs. The bytes may end anywhere in a
    /// frame.</summary>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        var pongs = 0;
        while (bytes.Length > 0)
        {
            if (_skip > 0)
            {
                var step = (int)Math.Min(_skip, bytes.Length);
                _skip -= step;
                bytes = bytes[step..];
                continue;
            }
            _head[_have++] = bytes[0];
            bytes = bytes[1..];
            if (_have < 2 || _have < HeadLength())
                continue;
            if ((_head[0] & 0x0F) == Pong)
                pongs++;
            _skip = PayloadLength();
            _have = 0;
        }
        return pongs;
    }

    /// <summary>RFC 6455, section 5.2: two bytes, the longer lengths, the mask.</summary>
    private int HeadLength() => 2 + ExtraLength() + ((_head[1] & 0x80) != 0 ? 4 : 0);

    private int ExtraLength() =>
        (_head[1] & 0x7F) switch
        {
            126 => 2,
            127 => 8,
            _ => 0,
        };

    private long PayloadLength()
    {
        var extra = ExtraLength();
        if (extra == 0)
            return _head[1] & 0x7F;
        long length = 0;
        for (var i = 2; i < 2 + extra; i++)
            length = (length << 8) | _head[i];
        return length;
    }
}
