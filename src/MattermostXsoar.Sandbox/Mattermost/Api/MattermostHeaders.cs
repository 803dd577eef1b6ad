using System.IO.Compression;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>What the server adds to every answer: its version, the request's id, 304 for unchanged content, and
/// gzip.</summary>
internal sealed class MattermostHeaders(SandboxOptions options)
{
    private readonly string _versionId = MattermostWorld.VersionId(options);
    private readonly ServerVersion _version = ServerVersion.Of(options.MattermostVersion);

    public Answer Complete(HttpContext http, string path, Answer answer)
    {
        var headers = http.Response.Headers;
        // Only the API compresses its answers, and an unknown route is not part of the API.
        string?[] varies =
        [
            _version.VariesByOrigin ? "Origin" : null,
            !answer.Bare
            && !answer.IsPage
            && (!_version.VariesByOrigin || path.StartsWith("/api/", StringComparison.Ordinal))
                ? "Accept-Encoding"
                : null,
        ];
        if (string.Join(", ", varies.OfType<string>()) is { Length: > 0 } vary)
            headers.Vary = vary;
        if (_version.SendsSecurityHeaders && !answer.Bare)
        {
            headers["Permissions-Policy"] = "";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XContentTypeOptions = "nosniff";
        }
        if (answer.Bare)
            return answer;
        headers["X-Version-Id"] = _versionId;
        headers["X-Request-Id"] = Ids.New();
        if (http.Request.Method == "GET" && !answer.IsPage)
            headers.Expires = "0";
        if (
            http.Request.Headers.IfNoneMatch.Count > 0
            && answer.Status == 200
            && Mark(answer) is { } mark
            && http.Request.Headers.IfNoneMatch == mark
        )
            return new Answer(304, default, null) { Headers = answer.Headers };
        return options.Compression && Packs(http, answer) ? Pack(answer) : answer;
    }

    private static string? Mark(Answer answer)
    {
        foreach (var (name, value) in answer.Headers)
        {
            if (name == "Etag")
                return value;
        }
        return null;
    }

    private bool Packs(HttpContext http, Answer answer) =>
        answer is { File: null, IsPage: false }
        && answer.Body.Length >= _version.CompressFrom
        && (
            answer.ContentType is "application/json"
            || answer.ContentType?.StartsWith("text/", StringComparison.Ordinal) == true
            || (_version.CompressesImages && answer.ContentType is "image/png")
        )
        && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    private static Answer Pack(Answer answer)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(answer.Body.Span);
        return answer with { Body = packed.ToArray(), Headers = [.. answer.Headers, new("Content-Encoding", "gzip")] };
    }
}
