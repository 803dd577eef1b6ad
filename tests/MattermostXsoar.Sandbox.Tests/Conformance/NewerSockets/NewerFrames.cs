using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostXsoar.Sandbox.Tests.Conformance.Newer;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>The recordings of single frames of 11.6.</summary>
internal static class NewerFrames
{
    /// <summary>The connections of <c>ws-all-frames.jsonl</c>, in the order in which they were opened.</summary>
    public static readonly string[] Labels = ["user1", "admin", "bot", "plain"];

    // Objects that REST returns as well: they are compared there.
    private static readonly string[] Shown = ["channel (string)", "team (string)", "channelMember (string)", "user"];

    public static string Token(NewerScenario scenario, string label) =>
        scenario.Tokens[
            label switch
            {
                "bot" => "xsoarbot token",
                "plain" => "plainbot token",
                _ => $"{label} personal token",
            }
        ];

    /// <summary>Which accounts of the sandbox the recorder's people are.</summary>
    public static IdMap People(NewerScenario scenario)
    {
        var ids = new IdMap();
        foreach (
            var (id, username) in new[]
            {
                ("6j6hhi4ztprhuxiaqusj6nn6kw", "xsoarbot"),
                ("8hgxk7pnqbg1xexnx9m97scgry", "user1"),
                ("mut8p5aegi89dcmmo913xoxfio", "admin"),
                ("pwoss37ppigx7jfjsbuz5sx4dy", "plainbot"),
                ("nn7pae1spfd5p87gqriu45duga", "tmpb3dbl"),
            }
        )
            ids.Bind(id, scenario.World.User(username).Id);
        return ids;
    }

    public static JsonElement Post(JsonElement frame) =>
        JsonDocument.Parse(frame.GetProperty("data").GetProperty("post").GetString()!).RootElement;

    /// <summary>Which connection got a recorded frame; null for one that is not among them.</summary>
    public static IReadOnlyDictionary<string, string> Receivers()
    {
        var receivers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(Recorded.Folder11, "ws-all-frames.jsonl")))
        {
            var entry = JsonDocument.Parse(line).RootElement;
            if (entry.TryGetProperty("label", out var label) && entry.TryGetProperty("text", out var text))
                receivers.TryAdd(text.GetString()!.Trim(), label.GetString()!);
        }
        return receivers;
    }

    /// <summary>A frame to compare, without the objects that are compared elsewhere.</summary>
    public static JsonElement Unfold(string text, IdMap? ids = null)
    {
        var frame = JsonSerializer.SerializeToNode(FrameJson.Unfold(text, ids))!.AsObject();
        if (frame["data"] is JsonObject data)
        {
            foreach (var name in Shown.Where(data.ContainsKey))
                data[name] = "object";
            if (data["channel_times"] is JsonObject times)
                data["channel_times"] = new JsonArray([.. times.Select(static it => it.Value!.DeepClone())]);
        }
        return JsonSerializer.SerializeToElement(frame);
    }
}
