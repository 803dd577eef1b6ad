using System.Globalization;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>The recorded stories whose outcome depends on time: how long a connection is remembered, what a server does
/// with one that does not read, a cut network.</summary>
internal static class LongStories
{
    private const string Ping = """{"seq":1,"action":"ping"}""";
    private const string Remembered = "remembered: resumed";
    private const string Forgotten = "forgotten: new hello";

    private static readonly string[] Memories =
    [
        "forgotten-25s-after-300s-idle",
        "forgotten-but-for-rest",
        "forgotten-after-575s",
        "forgotten-one-sweep-passed",
        "forgotten-after-the-second-sweep",
    ];

    public static async Task<IReadOnlyList<ConformanceRow>> PlayAsync()
    {
        var rows = new List<ConformanceRow>();
        foreach (var name in Memories)
            rows.Add(await MemoryAsync("ws-session-resume-" + name));
        foreach (var signal in new[] { "SIGINT", "SIGTERM", "SIGKILL" })
            rows.Add(await RestartAsync("ws-session-resume-after-restart-" + signal));
        rows.Add(await FiveTimesAsync());
        rows.Add(await CutAsync());
        rows.Add(await SlowAsync("ws-session-slow-reader", 2000, 1000));
        rows.Add(await SlowAsync("ws-session-slow-reader-large", 700, 15_000));
        rows.Add(await SlowAsync("ws-session-slow-reader-stuck", 700, 15_000));
        return rows;
    }

    private static ConformanceRow Row(string name, string recorded, string sandbox) =>
        new(
            name,
            Recorded.Load11(name).GetProperty("what").GetString()!,
            recorded,
            sandbox,
            recorded == sandbox ? [] : [$"the verdict is: {sandbox}"]
        );

    private static async Task<ConformanceRow> MemoryAsync(string name)
    {
        var recording = Recorded.Load11(name);
        var frames = recording.GetProperty("frames").EnumerateArray().ToList();
        var note = frames[0].GetProperty("text").GetString()!;
        var sweep = long.Parse(note.Split(' ')[2], CultureInfo.InvariantCulture);
        await using var stage = await SocketStage.StartAsync();
        // The server starts at a sweep; the next one comes 300 s later.
        var start = frames
            .First(static it => it.GetProperty("kind").GetString() == "connect")
            .GetProperty("ms")
            .GetInt64();
        var sinceSweep = ((start - sweep) % 300_000 + 300_000) % 300_000;
        stage.Clock.Advance(TimeSpan.FromMilliseconds(sinceSweep));
        var room = stage.Room("room", "plainbot");
        var (first, now, next, id, pings) = (null as RawSocket, start, 0L, "", 0);
        foreach (var frame in frames)
        {
            var at = frame.GetProperty("ms").GetInt64();
            switch (frame.GetProperty("kind").GetString())
            {
                case "connect" when first is null:
                    first = await stage.ConnectAsync(stage.Token("plainbot"));
                    await first.UntilMessagesAsync(2);
                    id = SocketFrames.ConnectionId(SocketFrames.Messages(first)[0]);
                    next = SocketFrames.Seq(SocketFrames.Messages(first)[^1]) + 1;
                    break;
                case "ping" when frame.GetProperty("conn").GetString() == "a":
                    await AdvanceAsync(at);
                    var number = ++pings;
                    await first!.UntilAsync(() => first.Sights.Count(static it => it.Kind == "ping") >= number);
                    // Its answer comes after the pong was received.
                    await first.SendAsync(Ping);
                    await first.UntilAsync(() =>
                        first.Sights.Count(static it => it.Text.Contains("seq_reply", StringComparison.Ordinal))
                        >= number
                    );
                    break;
                case "note"
                    when frame.GetProperty("text").GetString()!.StartsWith("GET /users/me", StringComparison.Ordinal):
                    await AdvanceAsync(at);
                    Assert.Equal(
                        200,
                        (await stage.Client.GetAsync("/api/v4/users/me", stage.Token("plainbot"))).Status
                    );
                    break;
                case "dropped by the client without a close frame":
                    await AdvanceAsync(at);
                    await stage.DropAsync(first!);
                    stage.World.Post("admin", room, "while away");
                    break;
                case "connect":
                    await AdvanceAsync(at);
                    var second = await stage.ConnectAsync(
                        stage.Token("plainbot"),
                        string.Create(CultureInfo.InvariantCulture, $"connection_id={id}&sequence_number={next}")
                    );
                    await second.SendAsync(Ping);
                    await second.UntilAsync(static sight => sight.Text.Contains("seq_reply", StringComparison.Ordinal));
                    return Row(
                        name,
                        recording.GetProperty("result").GetString()!,
                        SocketFrames.Messages(second).Any(static it => SocketFrames.Event(it) == "hello")
                            ? Forgotten
                            : Remembered
                    );
            }
        }
        throw new InvalidOperationException($"{name} ends without a second connection");

        Task AdvanceAsync(long at)
        {
            stage.Clock.Advance(TimeSpan.FromMilliseconds(at - now));
            now = at;
            return Task.CompletedTask;
        }
    }

    private static async Task<ConformanceRow> RestartAsync(string name)
    {
        await using var stage = await SocketStage.StartAsync();
        var first = await stage.ConnectAsync(stage.Token("xsoarbot"));
        await first.UntilMessagesAsync(2);
        var id = SocketFrames.ConnectionId(SocketFrames.Messages(first)[0]);
        await stage.Sandbox.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var second = await stage.ConnectAsync(stage.Token("xsoarbot"), $"connection_id={id}&sequence_number=2");
        await second.UntilMessagesAsync(1);
        var hello = SocketFrames.Messages(second)[0];
        return Row(
            name,
            "hello with a new id",
            SocketFrames.Event(hello) == "hello" && SocketFrames.ConnectionId(hello) != id
                ? "hello with a new id"
                : "resumed"
        );
    }

    private static async Task<ConformanceRow> FiveTimesAsync()
    {
        const string Name = "ws-session-resume-five-times";
        await using var stage = await SocketStage.StartAsync();
        var room = stage.Room("room", "xsoarbot");
        var socket = await stage.ConnectAsync(stage.Token("xsoarbot"));
        await socket.UntilMessagesAsync(1);
        var id = SocketFrames.ConnectionId(SocketFrames.Messages(socket)[0]);
        var (next, hellos, texts) = (0L, 1, new List<string>());
        for (var round = 0; round < 5; round++)
        {
            Take(SocketFrames.Messages(socket));
            await stage.DropAsync(socket);
            stage.World.Post("admin", room, $"{round} one");
            stage.World.Post("admin", room, $"{round} two");
            socket = await stage.ConnectAsync(
                stage.Token("xsoarbot"),
                string.Create(CultureInfo.InvariantCulture, $"connection_id={id}&sequence_number={next}")
            );
            await socket.SendAsync(Ping);
            await socket.UntilAsync(static sight => sight.Text.Contains("seq_reply", StringComparison.Ordinal));
            hellos += SocketFrames.Messages(socket).Count(static it => SocketFrames.Event(it) == "hello");
        }
        Take(SocketFrames.Messages(socket));
        return Row(
            Name,
            "10 posts, 10 distinct, 1 hello",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{texts.Count} posts, {texts.Distinct().Count()} distinct, {hellos} hello"
            )
        );

        void Take(IReadOnlyList<System.Text.Json.JsonElement> frames)
        {
            texts.AddRange(frames.Select(SocketFrames.Text).Where(static it => it is not null)!);
            var events = frames.Where(static it => SocketFrames.Event(it) is not null).ToList();
            next = events.Count == 0 ? next : events.Max(SocketFrames.Seq) + 1;
        }
    }

    /// <summary>A client that answers no ping and reads nothing, but whose connection stays open.</summary>
    private static async Task<ConformanceRow> CutAsync()
    {
        await using var stage = await SocketStage.StartAsync();
        var room = stage.Room("room", "xsoarbot");
        var first = await stage.ConnectAsync(stage.Token("xsoarbot"), answersPings: false);
        await first.UntilMessagesAsync(2);
        var id = SocketFrames.ConnectionId(SocketFrames.Messages(first)[0]);
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"connection_id={id}&sequence_number={SocketFrames.Seq(SocketFrames.Messages(first)[^1]) + 1}"
        );
        for (var i = 1; i <= 20; i++)
            stage.World.Post("admin", room, $"unread {i}");
        await first.UntilAsync(() =>
            SocketFrames.Messages(first).Count(static it => SocketFrames.Text(it) is not null) >= 20
        );
        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        var second = await BackAsync(stage, query);
        await second.CloseAsync();
        await stage.World.WhenSocketsAsync(static count => count == 1, TestContext.Current.CancellationToken);
        stage.Clock.Advance(TimeSpan.FromSeconds(95));
        await stage.World.WhenSocketsAsync(static count => count == 0, TestContext.Current.CancellationToken);
        for (var i = 1; i <= 3; i++)
            stage.World.Post("admin", room, $"away {i}");
        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        var third = await BackAsync(stage, query);
        return Row(
            "ws-session-resume-network-cut",
            "after 5 s: hello, 0 unread, 0 while away; after 105 s: no hello, 20 unread, 3 while away",
            $"after 5 s: {Seen(second)}; after 105 s: {Seen(third)}"
        );

        static string Seen(RawSocket socket)
        {
            var frames = SocketFrames.Messages(socket);
            var texts = frames.Select(SocketFrames.Text).Where(static it => it is not null).ToList();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(frames.Any(static it => SocketFrames.Event(it) == "hello") ? "hello" : "no hello")}, {texts.Count(static it => it!.StartsWith("unread", StringComparison.Ordinal))} unread, {texts.Count(static it => it!.StartsWith("away", StringComparison.Ordinal))} while away"
            );
        }
    }

    private static async Task<RawSocket> BackAsync(SocketStage stage, string query)
    {
        var socket = await stage.ConnectAsync(stage.Token("xsoarbot"), query);
        await socket.SendAsync(Ping);
        await socket.UntilAsync(static sight => sight.Text.Contains("seq_reply", StringComparison.Ordinal));
        return socket;
    }

    private static async Task<ConformanceRow> SlowAsync(string name, int posts, int bytes)
    {
        var result = Recorded.Load11(name).GetProperty("result");
        // The recorder's server had seconds to write; here all posts are made at once, so that the limit of 256 would
        // be reached by what the sockets' buffers take.
        var fits = !result.GetProperty("closed").GetBoolean();
        await using var stage = await SocketStage.StartAsync(options =>
            options with
            {
                WebSocketBacklog = fits ? options.WebSocketBacklog : 256,
            }
        );
        var room = stage.Room("room", "xsoarbot");
        var socket = await stage.ConnectAsync(stage.Token("xsoarbot"));
        await socket.UntilMessagesAsync(2);
        var id = SocketFrames.ConnectionId(SocketFrames.Messages(socket)[0]);
        socket.StopReading();
        var text = new string('x', bytes);
        for (var i = 0; i < posts; i++)
            stage.World.Post("admin", room, $"{i} {text}");
        if (name.EndsWith("-stuck", StringComparison.Ordinal))
            stage.Clock.Advance(TimeSpan.FromSeconds(31));
        socket.ReadOn();
        if (fits)
            await socket.UntilAsync(() =>
                SocketFrames.Messages(socket).Count(static it => SocketFrames.Text(it) is not null) >= posts
            );
        else
            await socket.UntilAsync(static sight => sight.Kind == "close");
        var close = socket.Sights[^1] is { Kind: "close" } end ? end.Code : 0;
        var seen = SocketFrames.Messages(socket);
        var last = seen.Where(static it => SocketFrames.Event(it) is not null).Max(SocketFrames.Seq);
        if (close == 0)
            await stage.DropAsync(socket);
        else
            await stage.World.WhenSocketsAsync(static count => count == 0, TestContext.Current.CancellationToken);
        var back = await BackAsync(
            stage,
            string.Create(CultureInfo.InvariantCulture, $"connection_id={id}&sequence_number={last + 1}")
        );
        var sandbox = Verdict(
            close,
            seen.Where(static it => SocketFrames.Event(it) is not null)
                .Select(SocketFrames.Seq)
                .Select(static (seq, at) => seq == at)
                .All(static it => it),
            seen.Count(static it => SocketFrames.Text(it) is not null) < posts,
            SocketFrames.Messages(back).Any(static it => SocketFrames.Event(it) == "hello")
        );
        return Row(
            name,
            Verdict(
                result.TryGetProperty("close", out var code) ? code.GetInt32() : 0,
                result.GetProperty("seq_without_gap").GetBoolean(),
                result.GetProperty("posts_never_received").GetInt32() > 0,
                result.GetProperty("reconnect").GetProperty("hello").GetBoolean()
            ),
            sandbox
        );
    }

    private static string Verdict(int close, bool hasNoGap, bool isLossy, bool isNew) =>
        string.Join(
            ", ",
            close == 0 ? "stays open" : string.Create(CultureInfo.InvariantCulture, $"close {close}"),
            hasNoGap ? "no gap in the numbers" : "a gap in the numbers",
            isLossy ? "posts missing" : "no post missing",
            isNew ? "then hello" : "then resumed"
        );
}
