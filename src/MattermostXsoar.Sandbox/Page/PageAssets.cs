using System.Security.Cryptography;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>The page's files, which are embedded in this assembly.</summary>
internal static class PageAssets
{
    private const string Prefix = "/sandbox/page/";

    // Nothing from other origins, no inline code, and no markup made from text (Trusted Types, where the browser
    // supports them).
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Dictionary<string, Answer> Answers = Load();

    /// <summary>The file at this path, or null.</summary>
    public static Answer? Find(string method, string path) =>
        (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && Answers.TryGetValue(path, out var answer)
            ? answer
            : null;

    private static Dictionary<string, Answer> Load()
    {
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var assembly = typeof(PageAssets).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("page/", StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var answer = new Answer(200, bytes, ContentType(name)) { Headers = Headers(bytes) };
            answers[Prefix + name["page/".Length..]] = answer;
            if (name == "page/index.html")
                answers["/"] = answer;
        }
        return answers;
    }

    private static KeyValuePair<string, string>[] Headers(byte[] bytes) =>
        [
            new("Content-Security-Policy", ContentSecurityPolicy),
            new("X-Content-Type-Options", "nosniff"),
            new("Referrer-Policy", "no-referrer"),
            new("Cross-Origin-Opener-Policy", "same-origin"),
            new("Cross-Origin-Resource-Policy", "same-origin"),
            // A newer sandbox on the same port may have a newer page.
            new("Cache-Control", "no-cache"),
            new("ETag", $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""),
        ];

    private static string ContentType(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
}
