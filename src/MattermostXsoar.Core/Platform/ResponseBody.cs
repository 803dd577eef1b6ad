using System.Buffers;

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// A complete body in pooled memory, which <see cref="Dispose"/> returns. A page of 200 users is so large that a new
/// array for each would be allocated on the large object heap.
/// </summary>
internal sealed class ResponseBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private const int LargestTrustedLength = 64 * 1024 * 1024;

    private readonly int _limit;
    private byte[] _buffer;
    private int _length;

    private ResponseBody(int capacity, int limit)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
        _limit = limit;
    }

    /// <summary>The bytes; invalid after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => new(_buffer, 0, _length);

    /// <summary>Whether the body is longer than the limit; <see cref="Bytes"/> is its beginning then.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads a body to its end, or to a limit; a cancellation ends it at once.</summary>
    /// <param name="response">The response.</param>
    /// <param name="limit">No more bytes than this are kept, whatever the server announces or sends.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ResponseBody> ReadAsync(
        HttpResponseMessage response,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var length =
            response.Content?.Headers.ContentLength is >= 0 and <= LargestTrustedLength and var known && known <= limit
                ? (int?)known
                : null;
        var body = new ResponseBody(length is { } sure ? Math.Max(sure, 1) : FirstBuffer, limit);
        try
        {
            if (response.Content is not null)
                await body.FillAsync(response, length, cancellationToken);
            return body;
        }
        catch (Exception)
        {
            body.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var buffer = _buffer;
        (_buffer, _length) = ([], 0);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private async Task FillAsync(HttpResponseMessage response, int? length, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
#else
        // .NET Framework's response stream ignores the token: only closing it ends the read.
        using var closing = cancellationToken.Register(
            static state => ((HttpResponseMessage)state!).Dispose(),
            response
        );
        using var stream = await response.Content.ReadAsStreamAsync();
#endif
        while (_length < (length ?? int.MaxValue))
        {
            if (_length == _buffer.Length)
                Grow();
            var read = await stream.ReadSomeAsync(
                _buffer,
                _length,
                Math.Min(length ?? int.MaxValue, _buffer.Length) - _length,
                cancellationToken
            );
            if (read == 0 && length is { } whole)
                throw new EndOfStreamException($"The response ended after {_length} of {whole} bytes.");
            if (read == 0)
                return;
            _length += read;
            if (_length > _limit)
            {
                (IsCut, _length) = (true, _limit);
                return;
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _length);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
