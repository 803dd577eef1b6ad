using System.Globalization;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>The headers with which the server returns files.</summary>
internal static class FileHeaders
{
    /// <summary>A file's information never changes.</summary>
    public static KeyValuePair<string, string> LongLived { get; } = new("Cache-Control", "max-age=2592000, private");

    public static KeyValuePair<string, string> Length(SandboxFile file) =>
        new("X-Uncompressed-Content-Length", file.Size.ToString(CultureInfo.InvariantCulture));

    /// <summary>Images are shown in the browser, other files are saved.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(SandboxFile file, ServerVersion version)
    {
        var name = Uri.EscapeDataString(file.Name);
        var place = file.MimeType.StartsWith("image/", StringComparison.Ordinal) ? "inline" : "attachment";
        return
        [
            new("Accept-Ranges", "bytes"),
            new("Cache-Control", version.FilesAreCached ? "private, max-age=86400" : "private, no-cache"),
            new("Content-Disposition", $"{place};filename=\"{name}\"; filename*=UTF-8''{name}"),
            new("Content-Security-Policy", "Frame-ancestors 'none'"),
            new(
                "Last-Modified",
                DateTimeOffset.FromUnixTimeMilliseconds(file.CreateAt).ToString("R", CultureInfo.InvariantCulture)
            ),
            new("X-Content-Type-Options", "nosniff"),
            new("X-Frame-Options", "DENY"),
        ];
    }

    /// <summary>Files that a browser would run are returned as text.</summary>
    public static string ContentType(SandboxFile file) =>
        file.MimeType switch
        {
            "" => "application/octet-stream",
            "text/html; charset=utf-8" => "text/plain",
            _ => file.MimeType,
        };

    /// <summary>The content type for a file name; empty if it is unknown.</summary>
    public static string TypeOf(string name, ServerVersion version) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".txt" or ".log" => "text/plain; charset=utf-8",
            ".json" => "application/json",
            ".csv" => "text/csv; charset=utf-8",
            ".html" => "text/html; charset=utf-8",
            ".pdf" => "application/pdf",
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".zip" => "application/zip",
            ".gz" => "application/gzip",
            ".svg" => "image/svg+xml",
            ".bin" when version.ChecksUploads => "application/octet-stream",
            _ => "",
        };
}
