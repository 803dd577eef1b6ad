using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>Downloads and uploads files of War Rooms as streams, whatever their size.</summary>
internal sealed class XsoarFiles
{
    private readonly XsoarRoutes _routes;

    public XsoarFiles(XsoarRoutes routes) => _routes = routes;

    /// <summary>Downloads the file of an entry. The caller disposes the result.</summary>
    /// <exception cref="Errors.ApiException">FileNotFound among others.</exception>
    public Task<FileDownload> OpenAsync(string entryId, CancellationToken cancellationToken)
    {
        // The vendor's own clients use the id as it is, with its @.
        var path = "/entry/download/" + Uri.EscapeDataString(entryId).Replace("%40", "@");
        var request = new XsoarRequest("entry/download", HttpMethod.Get, path)
        {
            Kind = ResourceKind.File,
            Subject = entryId,
        };
        return _routes.OpenAsync(request, cancellationToken);
    }

    /// <summary>
    /// Adds a file to a War Room, with a comment that is displayed and never executed. The request is not repeated when
    /// its outcome is unknown.
    /// </summary>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="file">The file.</param>
    /// <param name="comment">The comment of the file; empty for none.</param>
    /// <param name="progress">Called with the number of bytes that have been sent, on the thread that sends them; null
    /// for none.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>
    /// The new entry, or null if the response does not contain it: its form is not documented.
    /// </returns>
    public async Task<XsoarEntry?> UploadAsync(
        string investigationId,
        FileSource file,
        string comment,
        Action<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var request = new XsoarRequest(
            "entry/upload",
            HttpMethod.Post,
            "/entry/upload/" + Uri.EscapeDataString(investigationId)
        )
        {
            Upload = UploadBody.Form(comment.Length == 0 ? [] : [new("fileComment", comment)], "file", file, progress),
            Kind = ResourceKind.Investigation,
            Subject = investigationId,
        };
        return Read((await _routes.SendAsync(request, cancellationToken)).Body);
    }

    // An entry, a list of entries, an object with either as a member, or nothing: the file was added in any case.
    private static XsoarEntry? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Find(document.RootElement, depth: 0);
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return null;
        }
    }

    private static XsoarEntry? Find(JsonElement element, int depth)
    {
        if (depth > 2)
            return null;
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element
                    .EnumerateArray()
                    .Select(item => Find(item, depth + 1))
                    .FirstOrDefault(found => found is not null);
            case JsonValueKind.Object
                when element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String:
                return element.Deserialize(XsoarJson.Default.XsoarEntry) is { Id.Length: > 0 } entry ? entry : null;
            case JsonValueKind.Object:
                return element
                    .EnumerateObject()
                    .Select(field => Find(field.Value, depth + 1))
                    .FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }
}
