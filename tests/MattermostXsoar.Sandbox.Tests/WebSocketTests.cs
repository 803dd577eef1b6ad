using System.Net.WebSockets;
using System.Text.Json;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class WebSocketTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await OlderServer.StartAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_challenge_is_answered_by_hello_then_ok_then_status()
    {
        using var socket = await TestSocket.ConnectAsync(_sandbox);
        await socket.ChallengeAsync(_sandbox.BotToken);

        var hello = await socket.NextAsync();
        Shape.AssertSame(Recorded.Load("ws-hello-first-frame-bot"), hello);
        Assert.Equal(0, hello.GetProperty("seq").GetInt64());
        Assert.Equal("", hello.GetProperty("data").GetProperty("connection_id").GetString());
        Assert.Equal(Recorded.Load("ws-auth-reply").ToString(), (await socket.NextAsync()).ToString().TrimEnd());
        var status = await socket.NextAsync();
        Shape.AssertSame(Recorded.Load("ws-status_change"), status);
        Assert.Equal(1, status.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_token_in_the_header_makes_the_challenge_silent()
    {
        using var socket = await TestSocket.ConnectAsync(_sandbox, _sandbox.BotToken);
        Assert.Equal("hello", (await socket.NextAsync()).GetProperty("event").GetString());
        Assert.Equal("status_change", (await socket.NextAsync()).GetProperty("event").GetString());

        await socket.ChallengeAsync(_sandbox.BotToken);
        await socket.SendAsync("""{"seq":2,"action":"ping"}""");

        var reply = await socket.NextAsync();
        Assert.Equal(2, reply.GetProperty("seq_reply").GetInt64());
        Shape.AssertSame(Recorded.Load("ws-reply-ping"), reply);
    }

    [Fact]
    public async Task A_message_of_more_than_8_KiB_ends_the_connection()
    {
        const string Frame = """{"seq":2,"action":"ping","data":{"text":""}}""";
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        await socket.NextAsync("status_change");
        await socket.SendAsync(Frame.Insert(Frame.Length - 3, new string('x', 8192 - Frame.Length)));
        Assert.Equal(2, (await socket.NextAsync()).GetProperty("seq_reply").GetInt64());
        await socket.SendAsync(Frame.Insert(Frame.Length - 3, new string('x', 8193 - Frame.Length)));
        await socket.AssertClosesAsync(WebSocketCloseStatus.MessageTooBig);
    }

    [Theory]
    [InlineData("""{"seq":5,"action":"nonsense"}""", "ws-error-unknown-action")]
    [InlineData("""{"seq":50}""", "ws-error-no-action")]
    [InlineData("""{"action":"ping"}""", "ws-error-no-seq")]
    public async Task Wrong_actions_get_the_recorded_error(string message, string recorded)
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        await socket.NextAsync("status_change");
        await socket.SendAsync(message);
        Assert.Equal(
            Recorded.Load(recorded).GetRawText(),
            JsonSerializer.Serialize(await socket.NextAsync()),
            ignoreAllWhiteSpace: true
        );
    }

    [Fact]
    public async Task A_bad_token_ends_in_1006()
    {
        using var socket = await TestSocket.ConnectAsync(_sandbox);
        await socket.ChallengeAsync("badtoken0000000000000000zz");
        await socket.AssertDropsAsync();
    }

    [Fact]
    public async Task What_is_not_json_ends_in_1006()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        await socket.SendAsync("hello?");
        await socket.AssertDropsAsync();
    }

    [Fact]
    public async Task Without_authentication_the_socket_is_dropped()
    {
        await using var hurried = await SandboxServer.StartAsync(
            OlderServer.Options with
            {
                UnauthenticatedTimeout = TimeSpan.FromMilliseconds(50),
            }
        );
        using var socket = await TestSocket.ConnectAsync(hurried);
        await socket.AssertDropsAsync();
    }

    [Fact]
    public async Task A_revoked_token_keeps_its_socket()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        Assert.True(_sandbox.Mattermost.RevokeToken(_sandbox.BotToken));
        _sandbox.Mattermost.Post("user1", "test", "still there?");
        Assert.Equal("still there?", TestSocket.Message(await socket.NextAsync("posted")));
    }

    [Fact]
    public async Task Posts_are_sent_to_members_only_and_in_the_recorded_form()
    {
        _sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);

        _sandbox.Mattermost.Post("admin", "closed", "not for the bot");
        _sandbox.Mattermost.Post("user1", "test", "for all of us");

        var posted = await socket.NextAsync("posted");
        Assert.Equal("for all of us", TestSocket.Message(posted));
        var recorded = Recorded.Load("ws-posted-by-user-in-public-channel");
        Shape.AssertSame(recorded, posted);
        Shape.AssertSame(Inner(recorded), Inner(posted));
    }

    [Fact]
    public async Task Edits_deletions_and_members_have_the_recorded_forms()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        var world = _sandbox.Mattermost;
        var post = world.Post("user1", "test", "first");
        world.Edit(post.Id, "second");
        world.Delete(post.Id);
        world.RemoveMember("test", "user2");
        world.AddMember("test", "user2");
        world.Rename("test", "Renamed");
        world.Archive("test");
        world.Restore("test");

        foreach (
            var name in new[]
            {
                "post_edited",
                "post_deleted",
                "user_removed",
                "user_added",
                "channel_updated",
                "channel_deleted",
                "channel_restored",
            }
        )
        {
            var recorded = Recorded.Load("ws-" + name);
            var frame = await socket.NextAsync(name);
            // Administrators see who deleted a post; the recording's bot was one.
            Shape.AssertSame(recorded, frame, "delete_by");
            if (name == "post_edited")
                Shape.AssertSame(Inner(recorded), Inner(frame));
        }
    }

    [Theory]
    [InlineData("system_add_to_channel")]
    [InlineData("system_remove_from_channel")]
    [InlineData("system_displayname_change")]
    [InlineData("system_channel_deleted")]
    [InlineData("system_channel_restored")]
    public async Task System_messages_have_the_texts_of_the_server(string type)
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        var world = _sandbox.Mattermost;
        var channel = world.CreateChannel("admin", "ch-tomlq", "Ch tomlq");
        world.AddMember(channel.Id, "xsoarbot");
        world.AddMember(channel.Id, "user1");
        world.RemoveMember(channel.Id, "user1");
        world.Rename(channel.Id, "Renamed");
        world.Archive(channel.Id);
        world.Restore(channel.Id);

        var recorded = Recorded.Load("ws-posted-" + type);
        JsonElement frame;
        do frame = await socket.NextAsync("posted");
        while (
            Inner(frame).GetProperty("type").GetString() != type
            || Inner(frame).GetProperty("message").GetString()!.StartsWith("xsoarbot", StringComparison.Ordinal)
        );
        Shape.AssertSame(recorded, frame);
        Shape.AssertSame(Inner(recorded), Inner(frame));
        Assert.Equal(
            Inner(recorded).GetProperty("message").GetString(),
            Inner(frame).GetProperty("message").GetString()
        );
        Assert.Equal(
            recorded.GetProperty("data").GetProperty("sender_name").GetString(),
            frame.GetProperty("data").GetProperty("sender_name").GetString()
        );
    }

    [Fact]
    public async Task Faults_drop_double_and_cut_frames()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        await socket.NextAsync("status_change");
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.WebSocketDropFrames, PathPattern = "posted" });
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.WebSocketDuplicate, PathPattern = "posted" });
        _sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.WebSocketCut,
                PathPattern = "posted",
                Skip = 1,
            }
        );
        for (var i = 0; i < 4; i++)
            _sandbox.Mattermost.Post("user1", "test", $"line {i}");

        var first = await socket.NextAsync();
        Assert.Equal("line 1", TestSocket.Message(first));
        Assert.Equal(3, first.GetProperty("seq").GetInt64());
        Assert.Equal("line 1", TestSocket.Message(await socket.NextAsync()));
        Assert.Equal("line 2", TestSocket.Message(await socket.NextAsync()));
        await socket.AssertDropsAsync();
    }

    [Fact]
    public async Task A_frozen_sandbox_sends_nothing_until_it_is_thawed()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        _sandbox.Freeze();
        _sandbox.Mattermost.Post("user1", "test", "later");
        using var client = new SandboxClient(_sandbox);
        var ping = client.GetAsync("/api/v4/system/ping");
        var frame = socket.NextAsync("posted");
        await _sandbox.WhenWaitedInFreezeAsync(2, TestContext.Current.CancellationToken);
        Assert.False(frame.IsCompleted || ping.IsCompleted);
        _sandbox.Thaw();
        Assert.Equal("later", TestSocket.Message(await frame));
        Assert.Equal(200, (await ping).Status);
    }

    [Fact]
    public async Task A_restart_cuts_sockets_and_keeps_state_and_ports()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        var post = _sandbox.Mattermost.Post("user1", "test", "before");
        var uri = _sandbox.MattermostUri;
        await _sandbox.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await socket.AssertDropsAsync();

        Assert.Equal(uri, _sandbox.MattermostUri);
        using var client = new SandboxClient(_sandbox);
        Assert.Equal("before", (await client.GetAsync($"/api/v4/posts/{post.Id}"))["message"]);
        using var again = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
    }

    private static JsonElement Inner(JsonElement frame) =>
        JsonDocument.Parse(frame.GetProperty("data").GetProperty("post").GetString()!).RootElement;
}
