using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The websocket recordings of a real server (tests/recorded/mattermost/README.md).</summary>
internal static class RecordedFrames
{
    private static readonly string Folder = FindFolder();

    /// <summary>The names of all recorded connections.</summary>
    public static IEnumerable<string> SessionNames =>
        Directory
            .EnumerateFiles(Folder, "ws-session-*.json")
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    /// <summary>The names of all recorded single events.</summary>
    public static IEnumerable<string> EventNames =>
        Directory
            .EnumerateFiles(Folder, "ws-*.json")
            .Select(path => Path.GetFileName(path)!)
            .Where(name =>
                !name.StartsWith("ws-session-", StringComparison.Ordinal)
                && !name.StartsWith("ws-reply-", StringComparison.Ordinal)
                && !name.StartsWith("ws-error-", StringComparison.Ordinal)
                && !name.StartsWith("ws-upgrade-", StringComparison.Ordinal)
                && !name.StartsWith("ws-hello", StringComparison.Ordinal)
                && name != "ws-auth-reply.json"
            )
            .Order(StringComparer.Ordinal);

    /// <summary>A recorded file as it is.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>The messages of a recorded connection, in order.</summary>
    public static IReadOnlyList<byte[]> Session(string name)
    {
        using var document = JsonDocument.Parse(Read(name));
        var root = document.RootElement;
        return Messages(root.ValueKind == JsonValueKind.Array ? root : root.GetProperty("frames"));
    }

    /// <summary>The long scenario: the messages of each of its connections.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Scenario()
    {
        var connections = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.Ordinal);
        var lines = File.ReadLines(Path.Combine(Folder, "ws-all-frames.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(line => line.GetProperty("label").GetString()!, StringComparer.Ordinal);
        foreach (var connection in lines)
            connections[connection.Key] = Messages(connection);

        return connections;
    }

    private static List<byte[]> Messages(JsonElement frames) => Messages(frames.EnumerateArray());

    private static List<byte[]> Messages(IEnumerable<JsonElement> frames) =>
        [
            .. frames
                .Where(frame => frame.GetProperty("kind").GetString() == "message")
                .Select(frame => Encoding.UTF8.GetBytes(frame.GetProperty("text").GetString()!)),
        ];

    private static string FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "tests", "recorded", "mattermost");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("tests/recorded/mattermost is not above the test's folder.");
    }
}
