using System.Globalization;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>Repeats the recorded sessions of 11.6, and compares what each of their connections saw.</summary>
internal sealed class NewerSessionReplay : IConformanceSource
{
    /// <summary>Ends and pings after this time are the server's limits; earlier ones depend on the speed of a
    /// machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private const string NewChannelFields = "the fields of channels are compared with the answers of REST";

    /// <summary>Sessions that <see cref="ResumeReplay"/> repeats.</summary>
    private static readonly string[] Elsewhere = ["ws-session-resume-", "ws-session-slow-reader"];

    public async Task<ConformanceSection> RunAsync()
    {
        var left = SocketsNotReplayed.Sessions;
        var rows = new List<ConformanceRow>();
        foreach (
            var file in Directory.EnumerateFiles(Recorded.Folder11, "ws-session-*.json").Order(StringComparer.Ordinal)
        )
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (
                left.All(it => it.Recording != name)
                && !Array.Exists(Elsewhere, it => name.StartsWith(it, StringComparison.Ordinal))
            )
                rows.Add(await PlayAsync(RecordedSocketSession.Load(name)));
        }
        return new ConformanceSection(
            "Websocket of 11.6: sessions",
            """
            Each recorded session is repeated entry by entry: connections, frames of the client, posts, tokens that are taken
            away, at the recorded times of the sandbox's clock. What each connection sees must be the same in kind and order,
            messages in every value, and the server's limits in time. Not compared: the status of users, which the real
            server publishes late, and its own posts.
            """,
            [new ConformanceTable("Sessions", "session", rows)],
            left
        )
        {
            Version = "11.6",
        };
    }

    private static async Task<ConformanceRow> PlayAsync(RecordedSocketSession session)
    {
        await using var stage = await SocketStage.StartAsync(options => Options(session.Name, options));
        var player = new SessionPlayer(stage, session);
        var differences = new List<string>();
        try
        {
            await player.PlayAsync();
        }
        catch (OperationCanceledException)
        {
            differences.Add("something that was recorded never came");
        }
        var (recorded, sandbox) = (new List<string>(), new List<string>());
        var ids = new IdMap();
        player.Bind(ids);
        foreach (var name in session.Connections)
        {
            var expected = session.Sights(name);
            IReadOnlyList<SocketSight> seen = player.Sockets.TryGetValue(name, out var socket)
                ?
                [
                    .. socket
                        .Sights.Where(RecordedSocketSession.Counts)
                        .Where(static it => it is not { Kind: "upgrade", Code: not 101 }),
                ]
                : [];
            // Of 1000 replies two were recorded.
            if (session.Name == "ws-session-many-frames")
                seen = [.. seen.Take(5), .. seen.Where(static it => it.Kind == "close")];
            recorded.Add($"{name}: {Summary(expected)}");
            sandbox.Add($"{name}: {Summary(seen)}");
            differences.AddRange(
                Differences(name, expected, seen, new BodyComparison(ids, stage.Sandbox.MattermostUri))
            );
        }
        return new ConformanceRow(
            session.Name,
            session.What,
            string.Join("; ", recorded),
            string.Join("; ", sandbox),
            [.. differences.Select(BodyComparison.Settle)],
            session.Name == "ws-session-non-member" ? NewChannelFields : null
        );
    }

    private static SandboxOptions Options(string name, SandboxOptions options) =>
        name.Contains("-429-", StringComparison.Ordinal)
            ? options with
            {
                RateLimit = new SandboxRateLimit
                {
                    PerSecond = 1,
                    MaxBurst = 2,
                    VaryByUser = name.EndsWith("-by-user", StringComparison.Ordinal),
                },
            }
            : options;

    private static IEnumerable<string> Differences(
        string name,
        IReadOnlyList<SocketSight> recorded,
        IReadOnlyList<SocketSight> seen,
        BodyComparison comparison
    )
    {
        if (!recorded.Select(static it => it.Summary).SequenceEqual(seen.Select(static it => it.Summary)))
            return [$"{name}: another order of events: {Summary(seen)}"];
        var differences = new List<string>();
        foreach (var (expected, actual) in recorded.Zip(seen))
        {
            if (expected.Kind == "message")
                comparison.Compare(
                    $"{name}: {expected.Summary}",
                    FrameJson.Unfold(expected.Text),
                    FrameJson.Unfold(actual.Text)
                );
            if (
                (expected.Kind == "ping" || expected is { Kind: "close", Code: 1006 })
                && expected.At > Limit
                && (expected.At - actual.At).Duration() > TimeSpan.FromMilliseconds(100)
            )
                differences.Add(
                    $"{name}: {expected.Kind} after {Seconds(expected.At)}, here after {Seconds(actual.At)}"
                );
        }
        return differences.Concat(comparison.Differences);
    }

    private static string Summary(IEnumerable<SocketSight> sights) =>
        string.Join(", ", sights.Select(static it => it.Summary));

    private static string Seconds(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0} s");
}
