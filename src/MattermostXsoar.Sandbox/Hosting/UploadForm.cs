using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>A multipart form whose files are never completely in memory.</summary>
internal sealed class UploadForm
{
    private readonly List<(string Name, string Value)> _fields = [];
    private readonly List<UploadedFile> _files = [];

    public IReadOnlyList<UploadedFile> Files => _files;

    /// <summary>The first value of a field; null if the form has none of this name.</summary>
    public string? this[string name] => _fields.Find(it => it.Name == name).Value;

    public IReadOnlyList<string> All(string name) =>
        [.. _fields.Where(it => it.Name == name).Select(static it => it.Value)];

    /// <summary>Null if the body is not a multipart form.</summary>
    public static async Task<UploadForm?> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken,
        long keepAtMost = long.MaxValue,
        bool hash = false
    )
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var form = new UploadForm();
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), request.Body);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var about))
                continue;
            var name = HeaderUtilities.RemoveQuotes(about.Name).ToString();
            var fileName = HeaderUtilities
                .RemoveQuotes(about.FileNameStar.HasValue ? about.FileNameStar : about.FileName)
                .ToString();
            if (fileName.Length > 0)
            {
                form._files.Add(
                    new UploadedFile(
                        name,
                        fileName,
                        await StoredContent.ReadAsync(section.Body, cancellationToken, keepAtMost, hash)
                    )
                );
                continue;
            }
            using var text = new StreamReader(section.Body, Encoding.UTF8);
            form._fields.Add((name, await text.ReadToEndAsync(cancellationToken)));
        }
        return form;
    }
}
