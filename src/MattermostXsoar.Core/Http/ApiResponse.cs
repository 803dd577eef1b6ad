using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>A complete answer: the body has arrived to its end.</summary>
internal sealed class ApiResponse
{
    private readonly HttpResponseMessage _message;

    public ApiResponse(HttpResponseMessage message, ReadOnlyMemory<byte> body)
    {
        _message = message;
        Body = body;
    }

    public int Status => (int)_message.StatusCode;

    /// <summary>The body; as long as the exchange that read it lasts, unless <see cref="Keep"/> made a copy.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public bool IsSuccess => _message.IsSuccessStatusCode;

    public Uri? Location => _message.Headers.Location;

    /// <summary>Whether a web page came; a type alone does not decide, since XSOAR sends JSON as text/plain.</summary>
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

    /// <summary>The same, good for as long as somebody has it.</summary>
    public ApiResponse Keep() => new(_message, Body.ToArray());

    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name) =>
        _message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
