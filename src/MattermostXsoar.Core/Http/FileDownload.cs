using System.Net.Http.Headers;

namespace MattermostXsoar.Core.Http;

/// <summary>A file on its way from a server. Disposing it, or its stream, ends the transfer.</summary>
internal sealed class FileDownload : IDisposable
{
    public FileDownload(Stream stream, HttpResponseMessage answer)
    {
        Stream = stream;
        var headers = answer.Content.Headers;
        Length = headers.ContentLength ?? UncompressedLength(answer.Headers);
        MediaType = headers.ContentType?.MediaType;
        FileName = NameIn(headers.ContentDisposition);
    }

    /// <summary>
    /// The bytes as they arrive. A read that gets none for as long as the time limit, and an end before the announced
    /// length, are errors of the usual kind.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>The length in bytes, where the server tells.</summary>
    public long? Length { get; }

    /// <summary>What the server calls the file, where it tells. Not a path to write to.</summary>
    public string? FileName { get; }

    public string? MediaType { get; }

    public void Dispose() => Stream.Dispose();

    // A compressed answer loses its Content-Length on the way here; Mattermost tells it once more
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

    private static string? NameIn(ContentDispositionHeaderValue? disposition) =>
        (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"') is { Length: > 0 } name ? name : null;
}
