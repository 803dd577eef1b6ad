using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>A connection of the recorder from its upgrade to its end.</summary>
/// <param name="Name">The recording's file, without <c>.json</c>.</param>
/// <param name="What">What the recorder did.</param>
/// <param name="Sights">The events that it saw.</param>
internal sealed record RecordedSession(string Name, string What, IReadOnlyList<SocketSight> Sights)
{
    public static RecordedSession Load(string name)
    {
        var root = Recorded.Load(name);
        var isBare = root.ValueKind == JsonValueKind.Array;
        var entries = (isBare ? root : root.GetProperty("frames")).EnumerateArray().ToList();
        var start = At(entries[0]);
        var sights = entries.Select(it => Read(it, At(it) - start)).ToList();
        // The older recordings begin with the opening.
        if (sights[0].Kind == "open")
            sights.Insert(0, new SocketSight("upgrade", TimeSpan.Zero, Code: 101));
        return new RecordedSession(name, isBare ? "" : root.GetProperty("what").GetString()!, sights);
    }

    private static TimeSpan At(JsonElement entry) =>
        TimeSpan.FromMilliseconds(entry.GetProperty(entry.TryGetProperty("ms", out _) ? "ms" : "t").GetInt64());

    private static SocketSight Read(JsonElement entry, TimeSpan at) =>
        entry.GetProperty("kind").GetString() switch
        {
            "upgrade" => new SocketSight("upgrade", at, Code: entry.GetProperty("status").GetInt32()),
            "close" => new SocketSight("close", at, Code: entry.GetProperty("code").GetInt32()),
            "message" => new SocketSight("message", at, entry.GetProperty("text").GetString()!),
            "ping from server" => new SocketSight("ping", at),
            var kind => new SocketSight(kind!, at),
        };
}
