using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>The files of War Rooms: fetched and added as streams, whatever their size.</summary>
internal sealed class XsoarFiles
{
    private readonly XsoarRoutes _routes;

    public XsoarFiles(XsoarRoutes routes) => _routes = routes;

    /// <summary>Fetches the file of an entry. The caller disposes of the result.</summary>
    /// <exception cref="Errors.ApiException">FileNotFound among others.</exception>
    public Task<FileDownload> OpenAsync(string entryId, CancellationToken cancellationToken)
    {
        // The vendor's own clients put the id in as it is, with its @.
        var path = "/entry/download/" + Uri.EscapeDataString(entryId).Replace("%40", "@");
        var request = new XsoarRequest("entry/download", HttpMethod.Get, path)
        {
            Kind = ResourceKind.File,
            Subject = entryId,
        };
        return _routes.OpenAsync(request, cancellationToken);
    }

    /// <summary>
    /// Adds a file to a War Room, with a comment that is shown and never run. It is never sent a second time when the
    /// outcome of the first is unknown.
    /// </summary>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="file">What to send.</param>
    /// <param name="comment">The text beside the file; empty for none.</param>
    /// <param name="progress">Told how many bytes have been sent, on whatever thread sends them; null for
    /// nobody.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The new entry where the server tells it: the shape of its answer is not documented. Else
    /// null.</returns>
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

    // An entry, a list of entries, an object with either below a name, or nothing: it has been added all the same.
    private static XsoarEntry? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Find(document.RootElement, depth: 0);
        }
        catch (JsonException)
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
                return element.Deserialize(XsoarJson.Default.XsoarEntry);
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
