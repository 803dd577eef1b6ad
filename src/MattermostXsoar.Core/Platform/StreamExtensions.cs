namespace MattermostXsoar.Core.Platform;

/// <summary>Reads and writes a part of a buffer, with the most efficient overload of each framework.</summary>
internal static class StreamExtensions
{
    public static ValueTask<int> ReadSomeAsync(
        this Stream stream,
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) =>
#if NET8_0_OR_GREATER
        stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
#else
        new(stream.ReadAsync(buffer, offset, count, cancellationToken));
#endif

    public static ValueTask WriteAllAsync(
        this Stream stream,
        byte[] buffer,
        int count,
        CancellationToken cancellationToken
    ) =>
#if NET8_0_OR_GREATER
        stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
#else
        new(stream.WriteAsync(buffer, 0, count, cancellationToken));
#endif
}
