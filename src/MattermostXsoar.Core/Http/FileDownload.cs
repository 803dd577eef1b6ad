using System.Net.Http.Headers;

namespace MattermostXsoar.Core.Http;

/// <summary>A file that is being downloaded. Disposing it, or its stream, ends the transfer.</summary>
internal sealed class FileDownload : IDisposable
{
    public FileDownload(Stream stream, HttpResponseMessage answer)
    {
        Stream = stream;
        var headers = answer.Content.Headers;
        Length = headers.ContentLength ?? UncompressedLength(answer.Headers);
        MediaType = headers.ContentType?.MediaType;
        FileName = NameOf(headers.ContentDisposition);
    }

    /// <summary>
    /// The bytes as they arrive. A read that gets none within the time limit, or an end before the announced length,
    /// throws the module's usual errors.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>The length in bytes, if the server sends it.</summary>
    public long? Length { get; }

    /// <summary>The file name that the server sends, if it does. It must not be used as a path.</summary>
    public string? FileName { get; }

    public string? MediaType { get; }

    public void Dispose() => Stream.Dispose();

    // The handler removes the Content-Length of a compressed response; Mattermost repeats it in another header
    // (rest-files-get.json).
    private static long? UncompressedLength(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-Uncompressed-Content-Length", out var values)
        && long.TryParse(
            values.FirstOrDefault(),
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var length
        )
            ? length
            : null;

    private static string? NameOf(ContentDispositionHeaderValue? disposition) =>
        (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"') is { Length: > 0 } name ? name : null;
}
