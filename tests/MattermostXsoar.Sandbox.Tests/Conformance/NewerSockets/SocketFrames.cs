using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>What the resume stories look at in the frames of a connection.</summary>
internal static class SocketFrames
{
    public static IReadOnlyList<JsonElement> Messages(RawSocket socket) =>
        [
            .. socket
                .Sights.Where(static sight => sight.Kind == "message")
                .Select(static sight => JsonDocument.Parse(sight.Text).RootElement),
        ];

    public static bool IsClosed(RawSocket socket) => socket.Sights.Any(static sight => sight.Kind == "close");

    public static string? Event(JsonElement frame) =>
        frame.TryGetProperty("event", out var name) ? name.GetString() : null;

    public static long Seq(JsonElement frame) => frame.GetProperty("seq").GetInt64();

    /// <summary>The text of a new post, or null.</summary>
    public static string? Text(JsonElement frame) =>
        Event(frame) == "posted"
            ? JsonDocument
                .Parse(frame.GetProperty("data").GetProperty("post").GetString()!)
                .RootElement.GetProperty("message")
                .GetString()
            : null;

    public static string ConnectionId(JsonElement hello) =>
        hello.GetProperty("data").GetProperty("connection_id").GetString()!;
}
