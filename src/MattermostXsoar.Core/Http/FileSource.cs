using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

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

    /// <summary>
    /// A file on this machine, or the one that a link leads to, with its current length. The name is that of the link.
    /// </summary>
    /// <exception cref="MattermostXsoarException">FileNotFound or FileUnavailable.</exception>
    public static FileSource OnDisk(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw NotFound($"There is no file '{path}'.", "Check the path; a folder cannot be sent.");
        if (!FileKind.IsRegular(file.FullName))
            throw new MattermostXsoarException(
                ErrorIds.FileUnavailable,
                ErrorKind.InvalidArgument,
                $"'{path}' is not a file but a pipe, a socket or a device.",
                "Write its content to a file, and send that."
            );
        return new FileSource(file.Name, LengthOf(file.FullName), _ => Task.FromResult<Stream>(Open(file.FullName)));
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

    // Of the open file: the length of a link is that of its target's path.
    private static long? LengthOf(string path)
    {
        using var file = Open(path);
        try
        {
            // The files of /proc have content, but no length.
            return file.Length == 0 && file.ReadByte() >= 0 ? null : file.Length;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(path, cause);
        }
    }

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
        catch (FileNotFoundException cause) when (FileLink.Is(path))
        {
            throw NotFound($"The link '{path}' leads to no file.", "Check where the link leads to.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(path, cause);
        }
    }

    private static MattermostXsoarException NotFound(string message, string advice, Exception? cause = null) =>
        new(ErrorIds.FileNotFound, ErrorKind.NotFound, message, advice, cause);

    internal static MattermostXsoarException Unavailable(string name, Exception cause) =>
        new(
            ErrorIds.FileUnavailable,
            cause is UnauthorizedAccessException ? ErrorKind.Permission : ErrorKind.InvalidOperation,
            $"The file '{name}' cannot be read: {cause.Message}",
            "Check that it exists, that this account may read it and that no other program has locked it.",
            cause
        );
}
