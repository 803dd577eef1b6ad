using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>A recorded session of 11.6: what the recorder did, and what each of its connections saw.</summary>
internal sealed class RecordedSocketSession
{
    private RecordedSocketSession(string name, JsonElement root)
    {
        Name = name;
        What = root.GetProperty("what").GetString()!;
        Entries = [.. root.GetProperty("frames").EnumerateArray()];
    }

    public string Name { get; }

    public string What { get; }

    public IReadOnlyList<JsonElement> Entries { get; }

    /// <summary>The names of the connections, in the order in which they were opened.</summary>
    public IEnumerable<string> Connections => Entries.Select(Connection).Where(static it => it.Length > 0).Distinct();

    public static RecordedSocketSession Load(string name) => new(name, Recorded.Load11(name));

    public static string Kind(JsonElement entry) => entry.GetProperty("kind").GetString()!;

    public static string Connection(JsonElement entry) =>
        entry.TryGetProperty("conn", out var name) ? name.GetString()! : "";

    public static TimeSpan At(JsonElement entry) => TimeSpan.FromMilliseconds(entry.GetProperty("ms").GetInt64());

    /// <summary>What a connection saw, without what came of other things that happened on the recorder's server.</summary>
    public IReadOnlyList<SocketSight> Sights(string connection)
    {
        var start = At(Entries.First(it => Connection(it) == connection));
        return
        [
            .. Entries
                .Where(it => Connection(it) == connection)
                .Select(it => Read(it, At(it) - start))
                .OfType<SocketSight>()
                .Where(Counts),
        ];
    }

    /// <summary>Not compared: the status of users, which the real server publishes late, and the server's own posts,
    /// which are compared elsewhere.</summary>
    public static bool Counts(SocketSight sight) =>
        sight.Kind is not ("message" or "error")
        || sight.Kind == "message"
            && !sight.Text.Contains(SessionPlayer.Mark, StringComparison.Ordinal)
            && FrameKind.Of(sight.Text) is var kind
            && kind is not ("status_change" or "typing" or "multiple_channels_viewed" or "user_updated")
            && !kind.StartsWith("posted (", StringComparison.Ordinal);

    private static SocketSight? Read(JsonElement entry, TimeSpan at)
    {
        var text = entry.TryGetProperty("text", out var value) ? value.GetString()! : "";
        return Kind(entry) switch
        {
            "upgrade" => new SocketSight("upgrade", at, Code: 101),
            "open" => new SocketSight("open", at),
            "message" => new SocketSight("message", at, text),
            "ping" => new SocketSight("ping", at),
            "pong" => new SocketSight("pong", at, text),
            "refused" => new SocketSight(
                "refused",
                at,
                entry.GetProperty("body").GetString()!,
                entry.GetProperty("status").GetInt32()
            ),
            "close" => new SocketSight("close", at, Code: entry.GetProperty("code").GetInt32()),
            _ => null,
        };
    }
}
