using System.Globalization;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>Repeats the recorder's actions of each recorded session, and compares what a client sees from the upgrade
/// to the end.</summary>
internal sealed class SessionReplay : IConformanceSource
{
    /// <summary>Recordings that stop in the middle: what follows is not compared.</summary>
    private static readonly HashSet<string> Excerpts =
    [
        "ws-session-bot-opening",
        "ws-session-client-pongs",
        "ws-session-header-bad-token",
    ];

    /// <summary>Ends and pings after this time are the server's limits; earlier ones depend on the speed of a
    /// machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public async Task<ConformanceSection> RunAsync()
    {
        var rows = new List<ConformanceRow>();
        foreach (var (name, script) in SessionScripts.All)
            rows.Add(await PlayAsync(RecordedSession.Load(name), script));
        rows.Add(await LimitedUpgrade.PlayAsync());
        return new ConformanceSection(
            "Websocket: sessions",
            """
            Each recorded session is repeated with a client that sees everything: pings, close frames, and an end without one
            (reported as 1006). What it sees must be the same in kind and order, messages in every value, and the server's limits
            (5 s to authenticate, a ping each 60 s, 100 s without a pong) in time. The sandbox's clock is advanced by the test.
            """,
            [new ConformanceTable("Sessions", "session", rows)],
            []
        );
    }

    private static async Task<ConformanceRow> PlayAsync(
        RecordedSession recorded,
        Func<SessionStage, Task<RawSocket>> script
    )
    {
        await using var stage = await SessionStage.StartAsync();
        var socket = await script(stage);
        await socket.UntilSightsAsync(recorded.Sights.Count);
        var seen = socket.Sights;
        if (Excerpts.Contains(recorded.Name))
            seen = [.. seen.Take(recorded.Sights.Count)];
        return new ConformanceRow(
            recorded.Name,
            recorded.What,
            Summary(recorded.Sights),
            Summary(seen),
            [.. Differences(recorded.Sights, seen, stage).Select(BodyComparison.Settle)]
        );
    }

    private static List<string> Differences(
        IReadOnlyList<SocketSight> recorded,
        IReadOnlyList<SocketSight> seen,
        SessionStage stage
    )
    {
        var differences = new List<string>();
        if (!recorded.Select(static it => it.Summary).SequenceEqual(seen.Select(static it => it.Summary)))
        {
            differences.Add("another order of events");
            return differences;
        }
        var comparison = new BodyComparison(new IdMap(), stage.Sandbox.MattermostUri);
        foreach (var (expected, actual) in recorded.Zip(seen))
        {
            if (expected.Kind == "message")
                comparison.Compare(expected.Summary, FrameJson.Unfold(expected.Text), FrameJson.Unfold(actual.Text));
            if (
                expected.Kind is "ping" or "close"
                && expected.At > Limit
                && (expected.At - actual.At).Duration() > TimeSpan.FromMilliseconds(50)
            )
                differences.Add($"{expected.Kind} after {Seconds(expected.At)}, here after {Seconds(actual.At)}");
        }
        differences.AddRange(comparison.Differences);
        return differences;
    }

    private static string Summary(IEnumerable<SocketSight> sights) =>
        string.Join(
            ", ",
            sights.Select(static it =>
                it.Kind is "ping" or "close" && it.At > Limit ? $"{it.Summary} ({Seconds(it.At)})" : it.Summary
            )
        );

    private static string Seconds(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0} s");
}
