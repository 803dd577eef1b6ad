using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>The limits of a Mattermost server for files, as far as it publishes them.</summary>
/// <param name="MaxFileSize">The largest file in bytes, or null if the server does not publish it.</param>
/// <param name="FilesPerPost">The number of files that a post can have.</param>
internal sealed record FileLimits(long? MaxFileSize, int FilesPerPost)
{
    // The server keeps a post's file ids as JSON in a column: 150 characters hold five of them, 300 hold ten. Which 5.x
    // servers have the wider column is not known: five fit into both.
    private const int Few = 5;
    private const int Many = 10;

    private static readonly Version WithWiderColumn = new(6, 0);

    /// <summary>Nothing is known: no limit of the size, and as many files as every server accepts.</summary>
    public static FileLimits Unknown { get; } = new(null, Few);

    public static FileLimits Read(ClientConfig config) =>
        new(
            long.TryParse(config.MaxFileSize, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
                ? size
                : null,
            ProductVersion.Parse(config.Version) >= WithWiderColumn ? Many : Few
        );

    /// <summary>Whether a file is larger than the server accepts.</summary>
    public bool Refuses(FileSource file) => file.Length > MaxFileSize;

    /// <summary>Checks a file before its first byte is sent.</summary>
    /// <exception cref="MattermostXsoarException">FileTooLarge.</exception>
    public void Check(FileSource file)
    {
        if (Refuses(file))
            throw new MattermostXsoarException(
                ErrorIds.FileTooLarge,
                ErrorKind.InvalidArgument,
                TooLarge(file, MaxFileSize),
                Advice
            );
    }

    /// <summary>The server's refusal, with the file's name and the sizes as far as they are known.</summary>
    public ApiException Explain(FileSource file, ApiException refused) =>
        new(
            ErrorIds.FileTooLarge,
            ErrorKind.InvalidArgument,
            $"{TooLarge(file, MaxFileSize)} {refused.Message}",
            Advice,
            refused
        )
        {
            StatusCode = refused.StatusCode,
            ServerErrorId = refused.ServerErrorId,
            RequestId = refused.RequestId,
        };

    private const string Advice =
        "Send a smaller file, or have the limit raised under System Console, File Storage; a proxy in front of the "
        + "server may have its own limit.";

    private static string TooLarge(FileSource file, long? limit)
    {
        var size = file.Length is { } length ? $" of {Bytes(length)}" : "";
        var most = limit is { } allowed ? $": it accepts files of at most {Bytes(allowed)}." : ".";
        return $"The file '{file.Name}'{size} is too large for Mattermost{most}";
    }

    // Exact, since a file may be one byte too large.
    private static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
