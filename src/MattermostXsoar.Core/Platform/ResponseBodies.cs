namespace MattermostXsoar.Core.Platform;

/// <summary>Reads a whole body into memory, in a way that a cancellation ends at once.</summary>
internal static class ResponseBodies
{
    private const int FirstBuffer = 16 * 1024;
    private const int LargestTrustedLength = 64 * 1024 * 1024;

    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
            return [];
#if NET8_0_OR_GREATER
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
#else
        // .NET Framework's response stream does not listen to the token: closing it is what wakes the read.
        using var closing = cancellationToken.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
        using var stream = await response.Content.ReadAsStreamAsync();
#endif
        try
        {
            return response.Content.Headers.ContentLength is >= 0 and <= LargestTrustedLength and var length
                ? await ReadKnownAsync(stream, (int)length, cancellationToken)
                : await ReadUnknownAsync(stream, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static async Task<byte[]> ReadKnownAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var body = new byte[length];
        var filled = 0;
        while (filled < length)
        {
            var read = await stream.ReadSomeAsync(body, filled, body.Length - filled, cancellationToken);
            if (read == 0)
                throw new EndOfStreamException($"The answer ended after {filled} of {length} bytes.");
            filled += read;
        }

        return body;
    }

    private static async Task<byte[]> ReadUnknownAsync(Stream stream, CancellationToken cancellationToken)
    {
        var body = new byte[FirstBuffer];
        var filled = 0;
        while (true)
        {
            var read = await stream.ReadSomeAsync(body, filled, body.Length - filled, cancellationToken);
            if (read == 0)
                break;
            filled += read;
            if (filled == body.Length)
                Array.Resize(ref body, body.Length * 2);
        }

        Array.Resize(ref body, filled);
        return body;
    }
}
