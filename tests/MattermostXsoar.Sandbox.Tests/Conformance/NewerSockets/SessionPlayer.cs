using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>Does in the sandbox what the recorder did in a session, entry by entry, with the clock at the recorded
/// times.</summary>
internal sealed partial class SessionPlayer(SocketStage stage, RecordedSocketSession session)
{
    /// <summary>The beginning of the numbers of actions that the recorder did not send.</summary>
    public const string Mark = "\"seq_reply\":9999";

    private const string Bot = "6j6hhi4ztprhuxiaqusj6nn6kw";

    // The recorder's people, by their ids. Others were made for one session.
    private static readonly Dictionary<string, string> People = new(StringComparer.Ordinal)
    {
        [Bot] = "xsoarbot",
        ["8hgxk7pnqbg1xexnx9m97scgry"] = "user1",
        ["mut8p5aegi89dcmmo913xoxfio"] = "admin",
        ["pwoss37ppigx7jfjsbuz5sx4dy"] = "plainbot",
    };

    private readonly Dictionary<string, RawSocket> _sockets = [];
    private readonly Dictionary<string, int> _expected = [];
    private readonly Dictionary<string, string> _connectionIds = [];
    private readonly HashSet<string> _posted = [];
    private TimeSpan _now;
    private string _room = "";
    private string _token = "";
    private string _user = "";
    private int _marks;

    /// <summary>Which accounts the recorder's people are here.</summary>
    public void Bind(IdMap ids)
    {
        foreach (var (id, username) in People)
            ids.Bind(id, stage.World.User(username).Id);
    }

    /// <summary>What each connection saw.</summary>
    public IReadOnlyDictionary<string, RawSocket> Sockets => _sockets;

    public async Task PlayAsync()
    {
        await PrepareAsync();
        foreach (var entry in session.Entries)
        {
            var name = RecordedSocketSession.Connection(entry);
            switch (RecordedSocketSession.Kind(entry))
            {
                case "connect":
                    await ReachAsync(entry);
                    await ConnectAsync(name, entry);
                    break;
                case "send":
                    await ReachAsync(entry);
                    await SendAsync(name, entry.GetProperty("text").GetString()!);
                    break;
                case "ping sent by the client":
                    await ReachAsync(entry);
                    await _sockets[name].PingAsync("hello");
                    break;
                case "note":
                    await ReachAsync(entry);
                    await DoAsync(entry.GetProperty("text").GetString()!);
                    break;
                case "dropped by the client without a close frame":
                    await ReachAsync(entry);
                    await stage.DropAsync(_sockets[name]);
                    break;
                case "close" when entry.GetProperty("code").GetInt32() == 1000:
                    await ReachAsync(entry);
                    await _sockets[name].CloseAsync();
                    await _sockets[name].UntilAsync(static sight => sight.Kind == "close");
                    break;
                case "close" or "ping":
                    await ReachAsync(entry);
                    Expect(name);
                    await WaitAsync();
                    if (!SocketFrames.IsClosed(_sockets[name]) && !Is("-sends-no-pong"))
                        await MarkAsync(_sockets[name]);
                    break;
                case "message":
                    await ReadAsync(name, entry);
                    break;
                case "pong" or "refused" or "upgrade" or "open":
                    Expect(name);
                    break;
            }
        }
        await WaitAsync();
    }

    private bool Is(string name) => session.Name.EndsWith(name, StringComparison.Ordinal);

    /// <summary>Waits until the server has read all that the client has sent, pongs too.</summary>
    private async Task MarkAsync(RawSocket socket)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{++_marks:000}");
        await socket.SendAsync($$"""{"seq":9999{{number}},"action":"ping"}""");
        await socket.UntilAsync(sight => sight.Text.Contains(Mark + number, StringComparison.Ordinal));
    }

    private async Task PrepareAsync()
    {
        if (Is("-connect-while-down"))
            await stage.Sandbox.StopAsync();
        // These were online.
        foreach (var other in Is("-session-actions") ? new[] { "xsoarbot", "admin" } : [])
            await (await stage.ConnectAsync(stage.Token(other))).UntilMessagesAsync(1);
        var hello = session
            .Entries.Where(static it => RecordedSocketSession.Kind(it) == "message" && it.TryGetProperty("text", out _))
            .Select(static it => JsonDocument.Parse(it.GetProperty("text").GetString()!).RootElement)
            .FirstOrDefault(static it => SocketFrames.Event(it) == "hello");
        var id =
            hello.ValueKind == JsonValueKind.Undefined
                ? Bot
                : hello.GetProperty("broadcast").GetProperty("user_id").GetString()!;
        if (!People.TryGetValue(id, out _user!))
        {
            _user = "somebody";
            stage.World.CreateUser(_user);
            stage.World.AddToTeam(stage.Sandbox.TeamName, _user);
        }
        _token =
            Is("-logged-out") || Is("-sessions-revoked") || Is("-user-deactivated")
                ? stage.World.StartSession(stage.World.User(_user)).Token
                : stage.Token(_user);
        var name = session
            .Entries.Where(static it => RecordedSocketSession.Kind(it) == "message" && it.TryGetProperty("text", out _))
            .Select(static it => JsonDocument.Parse(it.GetProperty("text").GetString()!).RootElement)
            .FirstOrDefault(static it => SocketFrames.Text(it) is not null);
        if (name.ValueKind == JsonValueKind.Undefined || Is("-non-member"))
            return;
        var data = name.GetProperty("data");
        _room =
            data.GetProperty("channel_name").GetString() == "test"
                ? Test()
                : stage.Room(data.GetProperty("channel_name").GetString()!, _user);
    }

    private string Test()
    {
        var channel = stage.World.Channel("test");
        foreach (var member in new[] { "admin", "user1", "xsoarbot" })
        {
            if (!channel.Members.ContainsKey(stage.World.User(member).Id))
                stage.World.AddMember(channel.Id, member);
        }
        return channel.Id;
    }

    /// <summary>Everything that was recorded up to here has been seen; then it is as late as it was.</summary>
    private async Task ReachAsync(JsonElement entry)
    {
        await WaitAsync();
        var at = RecordedSocketSession.At(entry);
        if (at > _now)
            stage.Clock.Advance(at - _now);
        _now = at > _now ? at : _now;
    }

    private async Task WaitAsync()
    {
        foreach (var (name, socket) in _sockets)
            await socket.UntilAsync(() =>
                socket.Sights.Count(RecordedSocketSession.Counts) >= _expected.GetValueOrDefault(name)
                || SocketFrames.IsClosed(socket)
            );
    }

    private void Expect(string name) => _expected[name] = _expected.GetValueOrDefault(name) + 1;

    private async Task ConnectAsync(string name, JsonElement entry)
    {
        var auth = entry.GetProperty("auth").GetString();
        var query = entry.TryGetProperty("query", out var asked) ? Translate(asked.GetString()!) : "";
        var headers = "";
        if (entry.TryGetProperty("origin", out var origin))
            headers +=
                $"Origin: {OwnOrigin().Replace(origin.GetString()!, stage.Sandbox.MattermostUri.GetLeftPart(UriPartial.Authority))}\r\n";
        if (auth == "cookie")
            headers += $"Cookie: MMAUTHTOKEN={_token}\r\n";
        if (Is("-deflate-offered"))
            headers += "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        var isBad = Is("-header-bad-token");
        _sockets[name] = await stage.ConnectAsync(
            auth != "header" ? null
                : isBad ? "aaaaaaaaaaaaaaaaaaaaaaaaaa"
                : Is("-non-member")
                    ? stage.Token(
                        name switch
                        {
                            "bot" => "xsoarbot",
                            "plain" => "plainbot",
                            _ => name,
                        }
                    )
                : name == "d" ? stage.World.CreateToken(_user)
                : _token,
            query,
            headers,
            answersPings: !Is("-sends-no-pong")
        );
    }

    private string Translate(string query) =>
        query
            .Replace("<token>", _token, StringComparison.Ordinal)
            .Split('&')
            .Select(part =>
                part.StartsWith("connection_id=", StringComparison.Ordinal)
                && _connectionIds.TryGetValue(part["connection_id=".Length..], out var id)
                    ? "connection_id=" + id
                : part.StartsWith("sequence_number=", StringComparison.Ordinal) ? "sequence_number=" + Next()
                : part
            )
            .Aggregate(static (all, part) => all + "&" + part);

    private string Next() =>
        (
            SocketFrames
                .Messages(_sockets["a"])
                .Where(static it => SocketFrames.Event(it) is not null)
                .Max(SocketFrames.Seq) + 1
        ).ToString(CultureInfo.InvariantCulture);

    private async Task SendAsync(string name, string text)
    {
        if (Sized().Match(text) is { Success: true } sized)
        {
            var length = int.Parse(sized.Groups[1].Value, CultureInfo.InvariantCulture);
            const string Start = "{\"seq\":1,\"action\":\"ping\",\"data\":{\"x\":\"";
            const string End = "\"}}";
            text = Start + new string('x', length - Start.Length - End.Length) + End;
        }
        var isBad = text.Contains("aaaaaaaa", StringComparison.Ordinal);
        foreach (var (id, username) in People)
            text = text.Replace(id, stage.World.User(username).Id, StringComparison.Ordinal);
        await _sockets[name].SendAsync(isBad ? text : text.Replace("<token>", _token, StringComparison.Ordinal));
    }

    private async Task ReadAsync(string name, JsonElement entry)
    {
        var text = entry.TryGetProperty("text", out var frame) ? frame.GetString()! : "";
        var sight = new SocketSight("message", TimeSpan.Zero, text);
        if (text.Length == 0 || !RecordedSocketSession.Counts(sight))
            return;
        var json = JsonDocument.Parse(text).RootElement;
        if (Is("-many-frames") && SocketFrames.Event(json) is null && _posted.Add("pings"))
        {
            for (var i = 1; i <= 1000; i++)
                await _sockets[name]
                    .SendAsync($$"""{"seq":{{i.ToString(CultureInfo.InvariantCulture)}},"action":"ping"}""");
        }
        if (SocketFrames.Text(json) is { } message)
        {
            var post = JsonDocument.Parse(json.GetProperty("data").GetProperty("post").GetString()!).RootElement;
            if (_posted.Add(post.GetProperty("id").GetString()!) && _posted.Add(_room + message))
            {
                await ReachAsync(entry);
                await PostAsync(People[post.GetProperty("user_id").GetString()!], message);
            }
        }
        Expect(name);
        if (SocketFrames.Event(json) != "hello")
            return;
        await WaitAsync();
        _connectionIds[SocketFrames.ConnectionId(json)] = SocketFrames.ConnectionId(
            SocketFrames.Messages(_sockets[name]).Last(static it => SocketFrames.Event(it) == "hello")
        );
    }

    private async Task PostAsync(string username, string message)
    {
        if (Is("-non-member"))
            Assert.Equal(
                201,
                (
                    await stage.Client.PostAsync(
                        "/api/v4/posts",
                        new { channel_id = _room, message },
                        stage.Token(username)
                    )
                ).Status
            );
        else
            stage.World.Post(username, _room, message);
    }

    private async Task DoAsync(string note)
    {
        var world = stage.World;
        switch (note)
        {
            case var made when made.StartsWith("user1 creates a channel of type ", StringComparison.Ordinal):
                _room = world
                    .CreateChannel("user1", made[^1] == 'O' ? "nmo3rzro" : "nmp3rzro", $"Nm {made[^1]}", made[^1..])
                    .Id;
                break;
            case "user1 changes the header":
                Assert.Equal(
                    200,
                    (
                        await stage.Client.SendAsync(
                            "PUT",
                            $"/api/v4/channels/{_room}/patch",
                            new { header = "h" },
                            stage.Token("user1")
                        )
                    ).Status
                );
                break;
            case "user1 archives the channel":
                Assert.Equal(
                    200,
                    (
                        await stage.Client.SendAsync("DELETE", $"/api/v4/channels/{_room}", null, stage.Token("user1"))
                    ).Status
                );
                break;
            case var answers when answers.StartsWith("1000 replies, in order", StringComparison.Ordinal):
                await _sockets["a"]
                    .UntilAsync(static sight => sight.Text.Contains("\"seq_reply\":1000,", StringComparison.Ordinal));
                break;
            case "sessions-revoked"
            or "token-revoked"
            or "token-revoked-young-connection"
            or "token-revoked-then-resumed"
            or "token-disabled":
                Assert.True(world.RevokeToken(_token));
                break;
            case "logged-out":
                Assert.Equal(200, (await stage.Client.PostAsync("/api/v4/users/logout", null, _token)).Status);
                break;
            case "bot-disabled" or "user-deactivated":
                world.SetActive(_user, false);
                break;
            case "undone" when session.Name.EndsWith("-token-disabled", StringComparison.Ordinal):
                world.RestoreToken(_token, _user);
                break;
            case "undone":
                world.SetActive(_user, true);
                break;
            case "SIGINT" or "SIGTERM" or "SIGKILL":
                await stage.Sandbox.StopAsync();
                break;
            case var posted when posted.StartsWith("posted ", StringComparison.Ordinal) && _posted.Add(_room + posted):
                await PostAsync("admin", posted);
                break;
        }
    }

    [GeneratedRegex("^<([0-9]+) characters>$")]
    private static partial Regex Sized();

    [GeneratedRegex(@"^http://127\.0\.0\.1:[0-9]+$")]
    private static partial Regex OwnOrigin();
}
