using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>The kind of a frame: an event by its name (<c>posted</c> also by the post's type), or a reply.</summary>
internal static class FrameKind
{
    public static string Of(string text)
    {
        var frame = JsonDocument.Parse(text).RootElement;
        if (!frame.TryGetProperty("event", out var name))
            return frame.TryGetProperty("error", out var error)
                ? "error " + error.GetProperty("id").GetString()
                : "reply OK";
        if (name.GetString() == "posted" && frame.GetProperty("data").TryGetProperty("post", out var post))
        {
            var type = JsonDocument.Parse(post.GetString()!).RootElement.GetProperty("type").GetString()!;
            return type.Length == 0 ? "posted" : $"posted ({type})";
        }
        return name.GetString()!;
    }
}
