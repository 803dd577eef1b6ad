using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>The addresses of images in a message's Markdown, which a server with an image proxy replaces by its own in
/// what it sends, and puts back in what it receives.</summary>
internal static partial class ImageLinks
{
    /// <summary>The message as clients get it: images of other sites come from <paramref name="proxy"/>.</summary>
    public static string Proxied(string message, string proxy) =>
        Image()
            .Replace(
                message,
                match =>
                    match.Groups["url"].Value.StartsWith(Site(proxy), StringComparison.Ordinal)
                        ? match.Value
                        : $"{match.Groups["before"].Value}{proxy}{Uri.EscapeDataString(match.Groups["url"].Value)}"
            );

    /// <summary>The message as its author wrote it.</summary>
    public static string Original(string message, string proxy) =>
        Image()
            .Replace(
                message,
                match =>
                    match.Groups["url"].Value is var url && url.StartsWith(proxy, StringComparison.Ordinal)
                        ? match.Groups["before"].Value + Uri.UnescapeDataString(url[proxy.Length..])
                        : match.Value
            );

    private static string Site(string proxy) => proxy[..proxy.IndexOf("/api/", StringComparison.Ordinal)];

    [GeneratedRegex(@"(?<before>!\[[^\]]*\]\()(?<url>https?://[^\s)]+)")]
    private static partial Regex Image();
}
