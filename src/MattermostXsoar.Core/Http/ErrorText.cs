using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>The pieces from which errors about one server are worded. Everything that leaves it is redacted.</summary>
internal sealed class ErrorText
{
    private const int LongestQuote = 300;

    // Far more than is quoted, and little enough to look through.
    private const int LongestLook = 4096;

    private readonly ClientEnvironment _environment;

    public ErrorText(string product, string uriParameter, Uri baseUri, ClientEnvironment environment, Uri? proxy = null)
    {
        Product = product;
        UriParameter = uriParameter;
        Address = ServerAddress.Root(baseUri);
        Proxy = proxy is null ? null : ServerAddress.Root(proxy);
        _environment = environment;
    }

    public string Product { get; }

    /// <summary>The parameter that holds the address, e.g. <c>-Uri</c>.</summary>
    public string UriParameter { get; }

    public string Address { get; }

    /// <summary>The proxy on the way, or null.</summary>
    public string? Proxy { get; }

    /// <summary>The present time, for waits that a server gives as a date.</summary>
    public DateTimeOffset Now => _environment.TimeProvider.GetUtcNow();

    public string Redact(string text) => _environment.Redactor.Redact(text);

    /// <summary>Redacts a text that was cut off, so that the beginning of a secret may stand at its end.</summary>
    public string RedactCut(string text) => _environment.Redactor.RedactCut(text);

    /// <summary>The server's own number for the request; a header is as free to hold a secret as a body is.</summary>
    public string? RequestId(ApiResponse? response) => response?.Header("X-Request-Id") is { } id ? Redact(id) : null;

    /// <summary>Which call it was, e.g. <c>POST /api/v4/posts</c>.</summary>
    public string Call(ApiRequest request) => $"{request.Method} {Redact(request.Path)}";

    /// <summary>Which call it was and what came back, e.g. <c>[POST /api/v4/posts at https://chat.example.com: HTTP
    /// 403]</c>.</summary>
    public string Trace(ApiRequest request, ApiResponse response) =>
        $"[{Call(request)} at {Address}: HTTP {response.Status}]";

    /// <summary>A server's own words as the end of a sentence: one line, not too long, with a full stop.</summary>
    public string Quote(string? words)
    {
        // Redacted before it is cut: what a cut leaves of a secret is no longer known for one.
        words ??= "";
        words = words.Length > LongestLook ? RedactCut(words.Remove(LongestLook)) : Redact(words);
        var line = string.Join(" ", words.Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
            return "no reason given.";
        if (line.Length > LongestQuote)
            line = line.Remove(LongestQuote) + "…";
        return line.EndsWith('.') ? line : line + ".";
    }
}
