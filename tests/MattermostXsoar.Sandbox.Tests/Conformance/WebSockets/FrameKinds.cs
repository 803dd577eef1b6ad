using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>The recordings of single frames (<c>ws-posted.json</c> …), each of which is one of the
/// scenario's.</summary>
internal static class FrameKinds
{
    public const string NoSettings =
        "`config_changed` follows a change of the server's settings, which the sandbox does not have";

    /// <param name="recorded">The scenario.</param>
    /// <param name="frames">The frame that the sandbox sent for each recorded frame.</param>
    public static (List<ConformanceRow> Rows, List<(string Recording, string Reason)> Missing) Of(
        RecordedFrames recorded,
        IReadOnlyDictionary<string, (string Sandbox, IReadOnlyList<string> Differences)> frames
    )
    {
        var rows = new List<ConformanceRow>();
        var missing = new List<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(Recorded.Folder, "ws-*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var text = File.ReadAllText(file).TrimEnd('\n');
            if (recorded.CallOf(text) is not { } call)
                continue;
            if (frames.TryGetValue(text, out var frame))
                rows.Add(
                    new ConformanceRow(
                        name,
                        FrameKind.Of(text),
                        Fields(text),
                        Fields(frame.Sandbox),
                        [.. frame.Differences.Select(BodyComparison.Settle)]
                    )
                );
            else
                missing.Add((name, Reason(call)));
        }
        return (rows, missing);
    }

    private static string Reason(string call) =>
        call == RecordedFrames.SettingsChanged
            ? NoSettings
            : NotReplayed.Reason(call)
                ?? FrameExplanations.Of(call)
                ?? throw new InvalidOperationException($"{call} was to bring this frame");

    private static string Fields(string text)
    {
        var frame = JsonDocument.Parse(text).RootElement;
        return frame.TryGetProperty("event", out _) ? Names(frame.GetProperty("data")) : Names(frame);
    }

    private static string Names(JsonElement value) =>
        string.Join(", ", value.EnumerateObject().Select(static it => it.Name));
}
