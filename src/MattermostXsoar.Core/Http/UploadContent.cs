using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>Sends an upload's bytes as they are read, one buffer at a time.</summary>
internal sealed class UploadContent : HttpContent
{
    // Below the size of the large object heap.
    private const int BufferSize = 64 * 1024;

    private readonly UploadBody _body;
    private readonly InactivityLimit _limit;
    private readonly CancellationToken _cancellationToken;

    public UploadContent(UploadBody body, InactivityLimit limit, CancellationToken cancellationToken)
    {
        _body = body;
        _limit = limit;
        _cancellationToken = cancellationToken;
        Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
    }

    /// <summary>The error while the file was read, not while it was sent; null for none.</summary>
    public Exception? SourceFailure { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (_body.Head.Length > 0)
            await SendAsync(stream, _body.Head, _body.Head.Length);
        _limit.Pause();
        using (var source = await FromSourceAsync(_body.File.OpenAsync(_cancellationToken)))
            await SendFileAsync(source, stream);
        if (_body.Tail.Length > 0)
            await SendAsync(stream, _body.Tail, _body.Tail.Length);
        _limit.Restart();
    }

    private async Task SendFileAsync(Stream source, Stream target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var sent = 0L;
            while (_body.File.Length is not { } length || sent < length)
            {
                var wanted = (int)Math.Min(BufferSize, _body.File.Length - sent ?? BufferSize);
                // The time limit does not apply to reading from a slow disk or another server.
                _limit.Pause();
                var read = await FromSourceAsync(source.ReadSomeAsync(buffer, 0, wanted, _cancellationToken).AsTask());
                if (read == 0)
                    break;
                await SendAsync(target, buffer, read);
                sent += read;
                _body.Progress?.Invoke(sent);
            }

            if (_body.File.Length is { } announced && sent < announced)
                throw SourceFailure = new MattermostXsoarException(
                    ErrorIds.FileUnavailable,
                    ErrorKind.InvalidOperation,
                    $"The file '{_body.File.Name}' ended after {sent} of {announced} bytes.",
                    "The file changed while it was sent: try again."
                );
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask SendAsync(Stream target, byte[] buffer, int count)
    {
        _limit.Restart();
        await target.WriteAllAsync(buffer, count, _cancellationToken);
    }

    private async Task<T> FromSourceAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (MattermostXsoarException failure)
        {
            SourceFailure = failure;
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SourceFailure = FileSource.Unavailable(_body.File.Name, failure);
        }
    }
}
