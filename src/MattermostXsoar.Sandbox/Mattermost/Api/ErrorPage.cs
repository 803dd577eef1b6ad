using System.Security.Cryptography;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The page that leads a browser to an error message.</summary>
internal static class ErrorPage
{
    /// <summary>The bytes of a signature.</summary>
    private const int SignatureLength = 70;

    /// <remarks>The real server writes the page twice. The sandbox does not have the page to which it leads, and so signs
    /// nothing.</remarks>
    public static Answer Of(int status, string message) =>
        new(status, Encoding.UTF8.GetBytes(Page(message) + Page(message)), "text/html");

    private static string Page(string message)
    {
        var signature = Convert
            .ToBase64String(RandomNumberGenerator.GetBytes(SignatureLength))
            .Replace('+', '-')
            .Replace('/', '_');
        var query = "message=" + Uri.EscapeDataString(message).Replace("%20", "+", StringComparison.Ordinal);
        var inScript = $"{query}&s={signature}"
            .Replace("=", @"\u003D", StringComparison.Ordinal)
            .Replace("&", @"\u0026", StringComparison.Ordinal);
        var inHtml = $"{query}&amp;s={signature}";
        return $"""
            <!DOCTYPE html><html><head></head>
            <body onload="window.location = '/error?{inScript}'">
            <noscript><meta http-equiv="refresh" content="0; url=/error?{inHtml}"></noscript>
            <!-- web error message -->
            <a href="/error?{inHtml}" style="color: #c0c0c0;">...</a>
            </body></html>

            """;
    }
}
