using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>A file to send: what it is called, how long it is, and how to read it from its beginning.</summary>
internal sealed class FileSource
{
    private readonly Func<CancellationToken, Task<Stream>> _open;

    /// <param name="name">The name without a folder.</param>
    /// <param name="length">In bytes, or null where that shows only at its end.</param>
    /// <param name="open">
    /// Opens it at its beginning, again for each try. It is called late, so that nothing is open while others are sent.
    /// </param>
    public FileSource(string name, long? length, Func<CancellationToken, Task<Stream>> open)
    {
        Name = name;
        Length = length;
        _open = open;
    }

    public string Name { get; }

    public long? Length { get; }

    /// <summary>A file on this machine, as long as it is now.</summary>
    /// <exception cref="MattermostXsoarException">FileNotFound or FileUnavailable.</exception>
    public static FileSource OnDisk(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new MattermostXsoarException(
                ErrorIds.FileNotFound,
                ErrorKind.NotFound,
                $"There is no file '{path}'.",
                "Check the path; a folder cannot be sent."
            );
        return new FileSource(file.Name, file.Length, _ => Task.FromResult<Stream>(Open(file.FullName)));
    }

    /// <summary>A file that comes from another server while it is sent. The first download has begun already.</summary>
    public static FileSource Of(string name, FileDownload first, Func<CancellationToken, Task<FileDownload>> again)
    {
        FileDownload? begun = first;
        return new FileSource(
            name,
            first.Length,
            async cancellationToken => (Interlocked.Exchange(ref begun, null) ?? await again(cancellationToken)).Stream
        );
    }

    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    private static FileStream Open(string path)
    {
        try
        {
            // Others may go on writing: a log is sent as long as it was when its length was read.
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(path, cause);
        }
    }

    internal static MattermostXsoarException Unavailable(string name, Exception cause) =>
        new(
            ErrorIds.FileUnavailable,
            cause is UnauthorizedAccessException ? ErrorKind.Permission : ErrorKind.InvalidOperation,
            $"The file '{name}' cannot be read: {cause.Message}",
            "Check that it is there, that this account may read it and that nobody keeps it locked.",
            cause
        );
}
