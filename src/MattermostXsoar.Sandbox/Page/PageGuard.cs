using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>
/// Keeps other web pages out of <c>/</c> and <c>/sandbox</c>. Listening on loopback alone is not enough: a browser on
/// this machine sends whatever a page of any site tells it to.
/// </summary>
internal static class PageGuard
{
    /// <summary>The refusal, or null if the call is allowed. Programs send no Origin and are allowed.</summary>
    public static Answer? Refusal(HttpRequest request)
    {
        // With a DNS name that points to 127.0.0.1, a foreign page would be one of "the same origin".
        if (request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
            return Refused($"The sandbox answers to 127.0.0.1 and localhost, not to {request.Host.Host}.");
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !origin.Equals("http://" + request.Host.Value, StringComparison.OrdinalIgnoreCase))
            return Refused("The sandbox accepts no calls from other web pages.");
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isRead && request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return Refused("The sandbox accepts no calls from other web pages.");
        return null;
    }

    private static Answer Refused(string message) =>
        new(403, JsonSerializer.SerializeToUtf8Bytes(new { message }, JsonSerializerOptions.Web));
}
