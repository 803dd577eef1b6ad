using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.Newer;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>Has the sandbox of 11.6 send the frames that were recorded one by one, and compares them.</summary>
internal sealed class NewerFrameReplay : IConformanceSource
{
    public async Task<ConformanceSection> RunAsync()
    {
        await using var scenario = await NewerScenario.StartAsync(NewerScenario.Options);
        using var client = new SandboxClient(scenario.Sandbox);
        var sockets = new Dictionary<string, RawSocket>();
        foreach (var label in NewerFrames.Labels)
        {
            var socket = await RawSocket.ConnectAsync(
                scenario.Sandbox.MattermostUri,
                scenario.Sandbox.Options.TimeProvider
            );
            sockets.Add(label, socket);
            await socket.SendAsync(
                $$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{NewerFrames.Token(scenario, label)}}}"}}"""
            );
            await socket.UntilMessagesAsync(2);
        }
        try
        {
            await new FrameSteps(scenario, client, sockets).PlayAsync();
            foreach (var socket in sockets.Values)
            {
                // The answer to an action arrives after everything that was sent before.
                await socket.SendAsync("""{"seq":9999,"action":"ping"}""");
                await socket.UntilAsync(static sight =>
                    sight.Text.Contains("\"seq_reply\":9999", StringComparison.Ordinal)
                );
            }
            return Section(scenario, sockets);
        }
        finally
        {
            foreach (var socket in sockets.Values)
                await socket.DisposeAsync();
        }
    }

    private static ConformanceSection Section(NewerScenario scenario, Dictionary<string, RawSocket> sockets)
    {
        var receivers = NewerFrames.Receivers();
        var rows = new List<ConformanceRow>();
        var left = new List<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(Recorded.Folder11, "ws-*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var text = File.ReadAllText(file).Trim();
            if (FramesNotReplayed.Reason(name) is { } reason)
                left.Add((name, reason));
            else if (!FramesNotReplayed.IsElsewhere(name))
                rows.Add(Row(name, text, Sent(sockets[receivers[text]], text), scenario));
        }
        left.Add(("ws-all-frames", FramesNotReplayed.Whole));
        return new ConformanceSection(
            "Websocket of 11.6: frames",
            """
            The recorder's steps are repeated with its four connections open (user1, admin, the bot, a bot without rights). Each
            recorded frame is compared with the one of its kind that the same connection gets here: all fields of `data` and
            `broadcast`, with JSON in strings as JSON. Channels, teams, members and accounts in frames are what REST returns, and
            are compared there.
            """,
            [new ConformanceTable("Kinds of frames", "kind", rows)],
            left
        )
        {
            Version = "11.6",
        };
    }

    /// <summary>The frames of the same kind, of a post with the same text.</summary>
    private static List<string> Sent(RawSocket socket, string recorded)
    {
        var kind = FrameKind.Of(recorded);
        var message = Message(recorded);
        return
        [
            .. socket
                .Sights.Where(static it => it.Kind == "message")
                .Select(static it => it.Text)
                .Where(it => FrameKind.Of(it) == kind && Message(it) == message),
        ];
    }

    private static string? Message(string text)
    {
        var frame = JsonDocument.Parse(text).RootElement;
        return
            frame.TryGetProperty("data", out var data)
            && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty("post", out _)
            ? NewerFrames.Post(frame).GetProperty("message").GetString()
            : null;
    }

    private static ConformanceRow Row(string name, string recorded, List<string> sent, NewerScenario scenario)
    {
        var kind = FrameKind.Of(recorded);
        if (sent.Count == 0)
            return new ConformanceRow(name, kind, Fields(recorded), "", ["not sent"]);
        var best = sent.Select(frame => (Frame: frame, Differences: Compare(recorded, frame, scenario)))
            .MinBy(static it => it.Differences.Count);
        return new ConformanceRow(
            name,
            kind,
            Fields(recorded),
            Fields(best.Frame),
            [.. best.Differences.Select(BodyComparison.Settle)],
            FramesNotReplayed.Explanation(name)
        );
    }

    private static IReadOnlyList<string> Compare(string recorded, string frame, NewerScenario scenario)
    {
        var ids = NewerFrames.People(scenario);
        var comparison = new BodyComparison(ids, scenario.Sandbox.MattermostUri);
        comparison.Compare("frame", NewerFrames.Unfold(recorded, ids), NewerFrames.Unfold(frame));
        return comparison.Differences;
    }

    private static string Fields(string text)
    {
        var frame = JsonDocument.Parse(text).RootElement;
        return string.Join(
            ", ",
            (
                frame.TryGetProperty("data", out var data)
                && data.ValueKind == JsonValueKind.Object
                && frame.TryGetProperty("event", out _)
                    ? data
                    : frame
            )
                .EnumerateObject()
                .Select(static it => it.Name)
        );
    }
}
