using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>Replays the whole recorded scenario with three open connections, and compares every frame that each of them
/// gets.</summary>
internal sealed class FrameReplay : IConformanceSource
{
    /// <summary>What user1 sent before the posts were deleted.</summary>
    private static readonly string[] Actions =
    [
        """{"seq":2,"action":"ping"}""",
        """{"seq":3,"action":"get_statuses"}""",
        """{"seq":4,"action":"get_statuses_by_ids","data":{"user_ids":["a33yq8o69p8hbeu3pbbmrzhbih"]}}""",
        """{"seq":5,"action":"no_such_action"}""",
        """{"seq":6,"action":"user_typing","data":{"channel_id":"jf1qanp4b3g8mq688xat6fzguw","parent_id":""}}""",
        """{"seq":7,"action":"user_typing","data":{"channel_id":"jf1qanp4b3g8mq688xat6fzguw","parent_id":"h8w39w78itdoxbibpjhfopxkua"}}""",
        """{"seq":8,"action":"user_update_active_status","data":{"user_is_active":true,"manual":false}}""",
        """{"action":"ping"}""",
        """{"seq":50}""",
    ];

    private readonly RecordedFrames _recorded = RecordedFrames.Load();
    private readonly List<ConformanceRow> _rows = [];
    private readonly List<(string Recording, string Reason)> _left =
    [
        (RecordedFrames.SettingsChanged, FrameKinds.NoSettings),
    ];
    private readonly Dictionary<string, (string Sandbox, IReadOnlyList<string> Differences)> _frames = [];
    private readonly Dictionary<string, long> _next = [];

    public async Task<ConformanceSection> RunAsync()
    {
        await PlayAsync(RecordedScenario.Options);
        var (kinds, missing) = FrameKinds.Of(_recorded, _frames);
        return new ConformanceSection(
            "Websocket: the recorded scenario",
            """
            The requests of `INDEX.tsv` are sent while the recorder's three connections (user1, admin, the bot) are open. After each
            request, the frames of every connection are compared with `ws-all-frames.jsonl`: which events and in which order, all
            fields of `data` and `broadcast` with their types and values, JSON in strings (`post`, `mentions`, `reaction`,
            `channel`, `team` …) as JSON, and the numbering without gaps.
            """,
            [
                new ConformanceTable("Frames of each call", "call", _rows),
                new ConformanceTable("Kinds of frames", "kind", kinds),
            ],
            [.. _left, .. missing]
        );
    }

    /// <summary>Replays everything and compares the frames; one row for each call that causes frames.</summary>
    public async Task<IReadOnlyList<ConformanceRow>> PlayAsync(SandboxOptions options)
    {
        await using var scene = await FrameScene.StartAsync(options);
        await scene.OpenAsync();
        await CompareAsync(
            scene,
            RecordedFrames.Opening,
            "the connections are opened and authenticated, one after the other"
        );
        foreach (var call in RecordedCall.LoadAll(Recorded.Folder))
        {
            if (NotReplayed.Reason(call.Name) is { } reason)
            {
                if (_recorded.Calls.Contains(call.Name))
                    _left.Add((call.Name, reason));
                continue;
            }
            if (call.Name == "rest-posts-delete")
            {
                foreach (var action in Actions)
                    await scene.SendAsync("user1", action);
                await CompareAsync(scene, RecordedFrames.Actions, "user1 sends actions, right and wrong ones");
            }
            await scene.PlayAsync(call);
            await CompareAsync(scene, call.Name, call.Display);
        }
        return _rows;
    }

    private async Task CompareAsync(FrameScene scene, string call, string what)
    {
        var got = await scene.TakeAsync();
        var expected = RecordedFrames.Connections.ToDictionary(static name => name, name => _recorded.Of(call, name));
        if (expected.Values.Concat(got.Values).All(static it => it.Count == 0))
            return;
        var differences = new List<string>();
        foreach (var name in RecordedFrames.Connections)
        {
            differences.AddRange(Numbering(name, got[name]));
            if (!expected[name].Select(FrameKind.Of).SequenceEqual(got[name].Select(FrameKind.Of)))
                differences.Add($"{name}: recorded {Names(expected[name])}, sandbox {Names(got[name])}");
            foreach (var (recorded, sandbox) in Pairs(expected[name], got[name]))
            {
                var comparison = new BodyComparison(scene.Ids, scene.Site);
                comparison.Compare(
                    $"{name}: {FrameKind.Of(recorded)}",
                    FrameJson.Unfold(recorded, scene.Ids),
                    FrameJson.Unfold(sandbox)
                );
                differences.AddRange(comparison.Differences);
                _frames.TryAdd(recorded.TrimEnd('\n'), (sandbox, comparison.Differences));
            }
        }
        _rows.Add(
            new ConformanceRow(
                call,
                what,
                Summary(expected),
                Summary(got),
                [.. differences.Select(BodyComparison.Settle)],
                FrameExplanations.Of(call)
            )
        );
    }

    /// <summary>Frames of the same kind, in order; those that only one side has are skipped.</summary>
    private static IEnumerable<(string Recorded, string Sandbox)> Pairs(
        IReadOnlyList<string> recorded,
        IReadOnlyList<string> sandbox
    )
    {
        var next = 0;
        foreach (var frame in recorded)
        {
            for (var at = next; at < sandbox.Count; at++)
            {
                if (FrameKind.Of(sandbox[at]) != FrameKind.Of(frame))
                    continue;
                yield return (frame, sandbox[at]);
                next = at + 1;
                break;
            }
        }
    }

    /// <summary>Events are numbered from 0 without gaps, separately on each connection.</summary>
    private IEnumerable<string> Numbering(string name, IReadOnlyList<string> frames)
    {
        foreach (var frame in frames)
        {
            if (!JsonDocument.Parse(frame).RootElement.TryGetProperty("seq", out var sequence))
                continue;
            var expected = _next.GetValueOrDefault(name);
            _next[name] = expected + 1;
            if (sequence.GetInt64() != expected)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: event {expected} is numbered {sequence}"
                );
        }
    }

    private static string Names(IEnumerable<string> frames) => string.Join(", ", frames.Select(FrameKind.Of));

    /// <summary>Connections that got the same frames are listed together.</summary>
    private static string Summary(IReadOnlyDictionary<string, IReadOnlyList<string>> frames) =>
        string.Join(
            "; ",
            RecordedFrames
                .Connections.Where(name => frames[name].Count > 0)
                .GroupBy(name => Names(frames[name]))
                .Select(static group =>
                    $"{(group.Count() == RecordedFrames.Connections.Count ? "all" : string.Join(" and ", group))}: {group.Key}"
                )
        );
}
