using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// The body of a response while it is received. Failures are the same errors as those of any other call. The time limit
/// applies to the time without data; the time between two reads does not count.
/// </summary>
internal sealed class DownloadStream : Stream
{
    private readonly HttpExchange _exchange;
    private readonly Stream _body;
    private readonly long? _length;
    private long _read;

    public DownloadStream(HttpExchange exchange, Stream body, long? length)
    {
        _exchange = exchange;
        _body = body;
        _length = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadCoreAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadCoreAsync(buffer, offset, count, cancellationToken);

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        CountAsync(
            (Body: _body, Buffer: buffer),
            static (state, token) => state.Body.ReadAsync(state.Buffer, token),
            cancellationToken
        );
#endif

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
            _exchange.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<int> ReadCoreAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        CountAsync(
                (Body: _body, Buffer: buffer, Offset: offset, Count: count),
                static (state, token) => state.Body.ReadSomeAsync(state.Buffer, state.Offset, state.Count, token),
                cancellationToken
            )
            .AsTask();

    private async ValueTask<int> CountAsync<TState>(
        TState state,
        Func<TState, CancellationToken, ValueTask<int>> read,
        CancellationToken cancellationToken
    )
    {
        using var either = new ReadCancellation(_exchange, cancellationToken);
        try
        {
            _exchange.Limit!.Restart();
            var count = await read(state, either.Token);
            _exchange.Limit.Pause();
            _read += count;
            // .NET Framework treats a connection that is closed too early as the end of the body.
            if (count == 0 && _length is { } length && _read < length)
                throw new EndOfStreamException($"The response ended after {_read} of {length} bytes.");
            return count;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception cause)
        {
            var error = _exchange.Explain(cause);
            if (ReferenceEquals(error, cause))
                throw;
            throw error;
        }
    }
}
