using Microsoft.Win32.SafeHandles;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>The bytes of a file: small ones in memory, large ones in a temporary file that is deleted with the
/// process.</summary>
internal sealed class StoredContent : IDisposable
{
    /// <summary>The largest size that is kept in memory, and the largest body that is recorded with its call.</summary>
    public const int InMemory = 256 * 1024;

    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _bytes;

    private StoredContent(ReadOnlyMemory<byte> bytes, SafeFileHandle? file, long length, ContentHashes? hashes)
    {
        _bytes = bytes;
        _file = file;
        Length = length;
        Hashes = hashes;
    }

    /// <summary>How many bytes were received, even if not all were kept.</summary>
    public long Length { get; }

    public ContentHashes? Hashes { get; }

    public static StoredContent Of(ReadOnlyMemory<byte> bytes) =>
        new(bytes, null, bytes.Length, ContentHashes.Of(bytes.Span));

    /// <summary>Reads to the end. Bytes beyond <paramref name="keepAtMost"/> are counted, but not kept.</summary>
    public static async Task<StoredContent> ReadAsync(
        Stream source,
        CancellationToken cancellationToken,
        long keepAtMost = long.MaxValue,
        bool hash = false
    )
    {
        var buffer = new byte[InMemory];
        using var hashing = hash ? new ContentHashing() : null;
        SafeFileHandle? file = null;
        var length = 0L;
        var filled = 0;
        try
        {
            while (true)
            {
                var count = await source.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                hashing?.Add(buffer.AsSpan(filled, count));
                filled += count;
                if (count > 0 && filled < buffer.Length)
                    continue;
                if (count == 0 && file is null && length == 0)
                    return new StoredContent(buffer.AsMemory(0, filled).ToArray(), null, filled, hashing?.Finish());
                if (length < keepAtMost)
                    await RandomAccess.WriteAsync(
                        file ??= OpenTemporary(),
                        buffer.AsMemory(0, filled),
                        length,
                        cancellationToken
                    );
                length += filled;
                filled = 0;
                if (count == 0)
                    return new StoredContent(default, file, length, hashing?.Finish());
            }
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Copies the first <paramref name="count"/> bytes.</summary>
    public async Task CopyToAsync(Stream target, long count, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            await target.WriteAsync(_bytes[..(int)Math.Min(count, _bytes.Length)], cancellationToken);
            return;
        }
        var buffer = new byte[InMemory];
        for (var offset = 0L; offset < count; )
        {
            var read = await RandomAccess.ReadAsync(
                _file,
                buffer.AsMemory(0, (int)Math.Min(buffer.Length, count - offset)),
                offset,
                cancellationToken
            );
            if (read == 0)
                return;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            offset += read;
        }
    }

    /// <summary>All bytes at once, for in-process inspection of a file.</summary>
    public ReadOnlyMemory<byte> ReadAll()
    {
        if (_file is null)
            return _bytes;
        var all = new byte[RandomAccess.GetLength(_file)];
        for (var offset = 0; offset < all.Length; )
            offset += RandomAccess.Read(_file, all.AsSpan(offset), offset);
        return all;
    }

    public void Dispose() => _file?.Dispose();

    private static SafeFileHandle OpenTemporary()
    {
        var path = Path.Combine(Path.GetTempPath(), "sandbox-" + Path.GetRandomFileName());
        var file = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Delete,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        // On Unix the name is removed at once, so that nothing is left over when the process is killed; Windows does so
        // by itself.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
