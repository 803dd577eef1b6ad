using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The websocket recordings of a real server (tests/recorded/mattermost/README.md).</summary>
internal static class RecordedFrames
{
    private static readonly string Folder = FindFolder("mattermost");
    private static readonly string Today = FindFolder("mattermost-11");

    /// <summary>The single events that were recorded of 11.6.</summary>
    public static IEnumerable<string> TodaysEventNames => EventNamesIn(Today);

    /// <summary>The names of all recorded connections.</summary>
    public static IEnumerable<string> SessionNames =>
        Directory
            .EnumerateFiles(Folder, "ws-session-*.json")
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    /// <summary>The names of all recorded single events.</summary>
    public static IEnumerable<string> EventNames => EventNamesIn(Folder);

    private static IEnumerable<string> EventNamesIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "ws-*.json")
            .Select(path => Path.GetFileName(path)!)
            .Where(name =>
                !name.StartsWith("ws-session-", StringComparison.Ordinal)
                && !name.StartsWith("ws-reply-", StringComparison.Ordinal)
                && !name.StartsWith("ws-error-", StringComparison.Ordinal)
                && !name.StartsWith("ws-upgrade-", StringComparison.Ordinal)
                && !name.StartsWith("ws-hello", StringComparison.Ordinal)
                && name is not ("ws-auth-reply.json" or "ws-resume-summary.json")
            )
            .Order(StringComparer.Ordinal);

    /// <summary>A file that was recorded of 11.6, as it is.</summary>
    public static byte[] ReadToday(string name) => File.ReadAllBytes(Path.Combine(Today, name));

    /// <summary>The long scenario of 11.6: the messages of each of its connections.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<byte[]>> TodaysScenario() => ScenarioIn(Today);

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
    public static IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Scenario() => ScenarioIn(Folder);

    private static Dictionary<string, IReadOnlyList<byte[]>> ScenarioIn(string folder)
    {
        var connections = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.Ordinal);
        var lines = File.ReadLines(Path.Combine(folder, "ws-all-frames.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("label", out _))
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

    private static string FindFolder(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "tests", "recorded", name);
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException($"tests/recorded/{name} is not above the test's folder.");
    }
}
