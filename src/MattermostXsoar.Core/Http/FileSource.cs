using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>A file to send: its name, its length, and how it is opened.</summary>
internal sealed class FileSource
{
    private readonly Func<CancellationToken, Task<Stream>> _open;

    /// <param name="name">The name, whatever it is: <see cref="FileNames.Safe"/> is applied to it.</param>
    /// <param name="length">In bytes, or null if it is known only at the end.</param>
    /// <param name="open">
    /// Opens the file at its beginning, once for each attempt. It is called late, so that no file is open while others
    /// are sent.
    /// </param>
    public FileSource(string name, long? length, Func<CancellationToken, Task<Stream>> open)
    {
        Name = FileNames.Safe(name);
        Length = length;
        _open = open;
    }

    /// <summary>The name with which it is sent.</summary>
    public string Name { get; }

    public long? Length { get; }

    /// <summary>A file on this machine, with its current length.</summary>
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

    /// <summary>
    /// A file that is downloaded from another server while it is sent. The first download has begun already.
    /// </summary>
    public static FileSource Of(string name, FileDownload first, Func<CancellationToken, Task<FileDownload>> reopen)
    {
        FileDownload? begun = first;
        return new FileSource(
            name,
            first.Length,
            async cancellationToken => (Interlocked.Exchange(ref begun, null) ?? await reopen(cancellationToken)).Stream
        );
    }

    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    private static FileStream Open(string path)
    {
        try
        {
            // Other processes may go on writing: a log is sent with the length that it had at first.
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
            "Check that it exists, that this account may read it and that no other program has locked it.",
            cause
        );
}
