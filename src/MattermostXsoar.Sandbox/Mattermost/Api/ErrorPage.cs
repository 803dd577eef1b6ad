using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The page that leads a browser to an error message.</summary>
internal static class ErrorPage
{
    public static Answer Of(int status, string message)
    {
        // The real server signs the address of the page; the sandbox has no such page.
        var address = "/error?message=" + Uri.EscapeDataString(message).Replace("%20", "+", StringComparison.Ordinal);
        return new Answer(
            status,
            Encoding.UTF8.GetBytes(
                $$"""
                <!DOCTYPE html><html><head></head>
                <body onload="window.location = '{{address}}'">
                <noscript><meta http-equiv="refresh" content="0; url={{address}}"></noscript>
                <!-- web error message -->
                <a href="{{address}}">...</a>
                </body></html>
                """
            ),
            "text/html"
        );
    }
}
