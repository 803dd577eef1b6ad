using System.Text;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>What to put on the wire in return.</summary>
internal sealed record LoopbackAnswer
{
    public int Status { get; init; } = 200;

    /// <summary>Sent as they are; a Content-Length is added where none is given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public byte[] Body { get; init; } = [];

    /// <summary>How many bytes of the body are sent before the connection is closed; null for all.</summary>
    public int? CutAfter { get; init; }

    /// <summary>How many bytes of the body are sent before the server falls silent; null for all.</summary>
    public int? StallAfter { get; init; }

    /// <summary>Closes the connection without an answer.</summary>
    public bool Drop { get; init; }

    /// <summary>Sends nothing at all and keeps the connection.</summary>
    public bool Silent { get; init; }

    public static LoopbackAnswer Json(string body, int status = 200) => Text(body, "application/json", status);

    public static LoopbackAnswer Html(int status = 200) =>
        Text("<!DOCTYPE html><html><body>Sign in</body></html>", "text/html; charset=utf-8", status);

    public static LoopbackAnswer Text(string body, string contentType, int status = 200) =>
        new()
        {
            Status = status,
            Headers = [new("Content-Type", contentType)],
            Body = Encoding.UTF8.GetBytes(body),
        };

    public LoopbackAnswer With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
