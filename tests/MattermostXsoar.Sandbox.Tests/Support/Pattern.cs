namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>A body of any length that needs no memory: byte n is a function of n.</summary>
internal sealed class Pattern(long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public static byte At(long position) => (byte)(position * 31 % 251);

    /// <summary>Reads a stream to its end and checks that it is this pattern.</summary>
    public static async Task<long> VerifyAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var position = 0L;
        while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            for (var i = 0; i < count; i++)
            {
                if (buffer[i] != At(position + i))
                    throw new InvalidDataException($"byte {position + i} differs");
            }
            position += count;
        }
        return position;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _position);
        for (var i = 0; i < count; i++)
            buffer[i] = At(_position + i);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) =>
        _position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
