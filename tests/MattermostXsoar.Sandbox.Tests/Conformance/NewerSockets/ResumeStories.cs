using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>Repeats the recorded stories of a connection that is dropped and resumed, and compares their
/// verdicts.</summary>
internal static class ResumeStories
{
    private const string Ping = """{"seq":1,"action":"ping"}""";

    /// <summary>All stories of <c>ws-resume-summary.json</c> that have a verdict of one connection.</summary>
    public static async Task<IReadOnlyList<ConformanceRow>> PlayAsync()
    {
        var rows = new List<ConformanceRow>();
        foreach (var story in Recorded.Load11("ws-resume-summary").EnumerateArray())
        {
            var name = story.GetProperty("name").GetString()!;
            if (name == "at-once")
                continue;
            var recorded = Verdict(story);
            var sandbox = await PlayAsync(name, story);
            rows.Add(
                new ConformanceRow(
                    $"ws-session-resume-{name}",
                    story.GetProperty("what").GetString()!,
                    string.Join(", ", recorded),
                    string.Join(", ", sandbox),
                    recorded.SequenceEqual(sandbox) ? [] : [$"the verdict is: {string.Join(", ", sandbox)}"]
                )
            );
        }
        return rows;
    }

    private static async Task<List<string>> PlayAsync(string name, JsonElement story)
    {
        await using var stage = await SocketStage.StartAsync();
        var user = name == "same-user-other-token" ? "user1" : "xsoarbot";
        // That user was not in the channel.
        var isOutside = user == "user1";
        var room = stage.Room("room", "xsoarbot");
        var isChallenge = name == "with-challenge";
        var posted = name == "posted_ack" ? "posted_ack=true" : "";
        var before = Number(story, "next_before") switch
        {
            _ when isOutside => 0,
            > 200 => 200,
            > 11 => 10,
            _ => 2,
        };
        var first = await OpenAsync(stage, user, posted, isChallenge);
        Post(stage, room, "before", before);
        await first.UntilAsync(() => SocketFrames.Messages(first).Count(IsPost) >= before);
        var frames = SocketFrames.Messages(first);
        var id = SocketFrames.ConnectionId(frames.First(static it => SocketFrames.Event(it) == "hello"));
        var next = frames.Where(static it => SocketFrames.Event(it) is not null).Max(SocketFrames.Seq) + 1;

        // Written by the server, but not read by the client, which goes on from the number above.
        var unread = (int)Number(story, "unread_sent");
        Post(stage, room, "unread", unread);
        await first.UntilAsync(() => SocketFrames.Messages(first).Count(IsPost) >= before + unread);
        if (name == "after-close-1000")
        {
            await first.CloseAsync();
            await stage.World.WhenSocketsAsync(static count => count == 0, TestContext.Current.CancellationToken);
        }
        else if (name != "while-old-still-open")
        {
            await stage.DropAsync(first);
        }
        var away = (int)Number(story, "away_sent");
        Post(stage, room, "away", away);

        var asked = Asked(story, next);
        var query = string.Join(
            '&',
            new[]
            {
                $"connection_id={ConnectionId(name, id)}",
                asked is null ? "" : $"sequence_number={asked}",
                Extra(name),
            }.Where(static it => it.Length > 0)
        );
        var token = name switch
        {
            "same-user-other-token" => stage.World.StartSession(stage.World.User("user1")).Token,
            "other-users-connection-id" => stage.World.CreateToken("user2"),
            _ => stage.Token(user),
        };
        var second = await stage.ConnectAsync(isChallenge ? null : token, query);
        if (isChallenge)
            await second.SendAsync(Challenge(token));
        else
            await second.UntilAsync(() => true);
        if (!SocketFrames.IsClosed(second))
            await second.SendAsync(Ping);
        await second.UntilAsync(() => SocketFrames.IsClosed(second) || SocketFrames.Messages(second).Any(IsReply));
        Post(stage, room, "after", 1);
        return Verdict(first, second, id, asked, name);
    }

    private static async Task<RawSocket> OpenAsync(SocketStage stage, string user, string query, bool isChallenge)
    {
        var token = stage.Token(user);
        var socket = await stage.ConnectAsync(isChallenge ? null : token, query);
        if (isChallenge)
            await socket.SendAsync(Challenge(token));
        await socket.UntilMessagesAsync(2);
        return socket;
    }

    private static string Challenge(string token) =>
        $$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{token}}}"}}""";

    private static void Post(SocketStage stage, string room, string what, int count)
    {
        for (var i = 1; i <= count; i++)
            stage.World.Post("admin", room, string.Create(CultureInfo.InvariantCulture, $"{what} {i}"));
    }

    private static bool IsPost(JsonElement frame) =>
        SocketFrames.Text(frame) is { } text && IsOf(text, "before", "unread");

    private static bool IsOf(string text, params string[] kinds) => kinds.Contains(text.Split(' ')[0]);

    private static bool IsReply(JsonElement frame) => frame.TryGetProperty("status", out _);

    private static string ConnectionId(string name, string id) =>
        name switch
        {
            "unknown-connection-id" => "abcdefghijklmnopqrstuvwxyz",
            "malformed-connection-id" => "no-id",
            _ => id,
        };

    private static string Extra(string name) =>
        name switch
        {
            "disconnect_err_code" => "disconnect_err_code=4000",
            "disconnect_err_code-bad" => "disconnect_err_code=abc",
            "posted_ack" => "posted_ack=true",
            _ => "",
        };

    /// <summary>As far from the next number as the recorder's: its connection had other events.</summary>
    private static string? Asked(JsonElement story, long next)
    {
        if (!story.TryGetProperty("asked_sequence", out var asked))
            return null;
        var text = asked.GetString()!;
        return
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number > 1
            ? (next + number - Number(story, "next_before")).ToString(CultureInfo.InvariantCulture)
            : text;
    }

    private static long Number(JsonElement story, string name) =>
        story.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    private static List<string> Verdict(RawSocket first, RawSocket second, string id, string? asked, string name)
    {
        var frames = SocketFrames.Messages(second);
        var events = frames.Where(static it => SocketFrames.Event(it) is not null).ToList();
        var texts = frames.Select(SocketFrames.Text).ToList();
        var hello = events.Find(static it => SocketFrames.Event(it) == "hello");
        var isHello = hello.ValueKind != JsonValueKind.Undefined;
        var reply = frames.Select(IsReply).ToList().LastIndexOf(true);
        var missed = texts.FindLastIndex(static text => text is not null && IsOf(text, "before", "unread", "away"));
        return Words(
            isResumed: !isHello && !SocketFrames.IsClosed(second),
            isHello,
            isHello && SocketFrames.ConnectionId(hello) != id,
            events.Count == 0 ? null : SocketFrames.Seq(events[0]).ToString(CultureInfo.InvariantCulture) == asked,
            events
                .Zip(events.Skip(1))
                .All(static pair => SocketFrames.Seq(pair.Second) == SocketFrames.Seq(pair.First) + 1),
            Count("unread"),
            Count("away"),
            Count("before"),
            reply < 0 ? null : missed < reply,
            name == "while-old-still-open" && !SocketFrames.IsClosed(first)
        );

        long Count(string kind) => texts.Count(text => text is not null && IsOf(text, kind));
    }

    private static List<string> Verdict(JsonElement story)
    {
        bool Is(string name) => story.TryGetProperty(name, out var value) && value.GetBoolean();

        return Words(
            Is("resumed"),
            Is("hello"),
            Is("new_connection_id"),
            story.TryGetProperty("first_seq", out var firstSeq)
                ? firstSeq.GetInt64().ToString(CultureInfo.InvariantCulture)
                    == story.GetProperty("asked_sequence").GetString()
                : null,
            Is("seq_without_gap"),
            Number(story, "unread"),
            Number(story, "while_away"),
            story.GetProperty("name").GetString() == "while-old-still-open" ? 0 : Number(story, "again"),
            story.TryGetProperty("ping_answered_after_all_missed", out var answered) ? answered.GetBoolean() : null,
            Is("old_socket_still_open")
        );
    }

    private static List<string> Words(
        bool isResumed,
        bool isHello,
        bool hasNewId,
        bool? beginsAsAsked,
        bool hasNoGap,
        long unread,
        long away,
        long again,
        bool? answersLast,
        bool isOldOpen
    )
    {
        var words = new List<string>
        {
            isResumed ? "resumed"
            : isHello ? "hello" + (hasNewId ? " with a new id" : "")
            : "closed",
        };
        if (beginsAsAsked is { } asked)
            words.Add(asked ? "numbers as asked for" : "numbers from 0");
        if (!hasNoGap)
            words.Add("a gap in the numbers");
        foreach (var (count, what) in new[] { (unread, "unread"), (away, "while away"), (again, "again") })
        {
            if (count > 0)
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
        if (answersLast is { } last)
            words.Add(last ? "ping answered after all" : "ping answered before the last");
        if (isOldOpen)
            words.Add("the old one stays open");
        return words;
    }
}
