using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>Builds the texts of errors about one server. Everything that it returns is redacted.</summary>
internal sealed class ErrorText
{
    private const int LongestQuote = 300;

    // Far more than is quoted, and short enough to be searched quickly.
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

    /// <summary>The proxy, or null.</summary>
    public string? Proxy { get; }

    /// <summary>The current time, for waits that a server gives as a date.</summary>
    public DateTimeOffset Now => _environment.TimeProvider.GetUtcNow();

    public string Redact(string text) => _environment.Redactor.Redact(text);

    /// <summary>Redacts a text that was cut off, so that it may end with the beginning of a secret.</summary>
    public string RedactCut(string text) => _environment.Redactor.RedactCut(text);

    /// <summary>The server's id of the request. Redacted: a header can contain a secret as well as a body.</summary>
    public string? RequestId(ApiResponse? response) => response?.Header("X-Request-Id") is { } id ? Redact(id) : null;

    /// <summary>The call, e.g. <c>POST /api/v4/posts</c>.</summary>
    public string Call(ApiRequest request) => $"{request.Method} {Redact(request.Path)}";

    /// <summary>
    /// The call and the status of its response, e.g. <c>[POST /api/v4/posts at https://chat.example.com: HTTP 403]</c>.
    /// </summary>
    public string Trace(ApiRequest request, ApiResponse response) =>
        $"[{Call(request)} at {Address}: HTTP {response.Status}]";

    /// <summary>A server's own message as the end of a sentence: on one line, shortened, with a full stop.</summary>
    public string Quote(string? words)
    {
        // Redacted before it is cut: a part of a secret would not be recognized.
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
