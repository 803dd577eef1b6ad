using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>A complete response: the whole body has been received.</summary>
internal sealed class ApiResponse
{
    private readonly HttpResponseMessage _message;

    public ApiResponse(HttpResponseMessage message, ReadOnlyMemory<byte> body)
    {
        _message = message;
        Body = body;
    }

    public int Status => (int)_message.StatusCode;

    /// <summary>
    /// The body. Valid until the exchange that read it is disposed, unless <see cref="Keep"/> made a copy.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; }

    public bool IsSuccess => _message.IsSuccessStatusCode;

    public Uri? Location => _message.Headers.Location;

    /// <summary>
    /// Whether this is a web page. The body decides as well as the content type: XSOAR sends JSON as text/plain.
    /// </summary>
    public bool LooksLikeHtml
    {
        get
        {
            if (
                string.Equals(
                    _message.Content?.Headers.ContentType?.MediaType,
                    "text/html",
                    StringComparison.OrdinalIgnoreCase
                )
            )
                return true;
            if (Body.Length == 0 || Body.Span[0] is (byte)'{' or (byte)'[')
                return false;
            var start = Encoding
                .UTF8.GetString(Body.Slice(0, Math.Min(Body.Length, 256)).ToArray())
                .TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
            return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A copy that stays valid after the exchange is disposed.</summary>
    public ApiResponse Keep() => new(_message, Body.ToArray());

    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name) =>
        _message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
