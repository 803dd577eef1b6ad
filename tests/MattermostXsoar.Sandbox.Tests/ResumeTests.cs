using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class ResumeTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxServer.StartAsync(OlderServer.Options with { ReliableWebSockets = true });

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Hello_contains_the_connection_id()
    {
        using var socket = await TestSocket.ConnectAsync(_sandbox, _sandbox.BotToken);
        var hello = await socket.NextAsync();
        Shape.AssertSame(Recorded.Load("ws-hello-with-reliable-websockets"), hello);
        Assert.Equal(26, Id(hello).Length);
    }

    [Fact]
    public async Task Missed_frames_are_sent_again_without_a_hello()
    {
        var id = await ConnectAndLoseAsync(10);
        _sandbox.Mattermost.Post("user1", "test", "while away");

        // hello 0, status 1, posts 2 to 11: the client reports that it has those up to 6.
        using var socket = await TestSocket.ConnectAsync(
            _sandbox,
            _sandbox.BotToken,
            $"connection_id={id}&sequence_number=7"
        );
        for (var seq = 7; seq < 12; seq++)
        {
            var frame = await socket.NextAsync();
            Assert.Equal(seq, frame.GetProperty("seq").GetInt64());
            Assert.Equal($"line {seq - 2}", TestSocket.Message(frame));
        }
        var away = await socket.NextAsync();
        Assert.Equal("while away", TestSocket.Message(away));
        Assert.Equal(12, away.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_client_that_missed_nothing_goes_on()
    {
        var id = await ConnectAndLoseAsync(3);
        using var socket = await TestSocket.ConnectAsync(
            _sandbox,
            _sandbox.BotToken,
            $"connection_id={id}&sequence_number=5"
        );
        Assert.Equal("status_change", (await socket.NextAsync()).GetProperty("event").GetString());
        _sandbox.Mattermost.Post("user1", "test", "next");
        Assert.Equal(6, (await socket.NextAsync("posted")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Frames_that_are_lost_lead_to_a_new_id()
    {
        var id = await ConnectAndLoseAsync(140);
        using var socket = await TestSocket.ConnectAsync(
            _sandbox,
            _sandbox.BotToken,
            $"connection_id={id}&sequence_number=3"
        );
        var hello = await socket.NextAsync();
        Assert.Equal("hello", hello.GetProperty("event").GetString());
        Assert.Equal(0, hello.GetProperty("seq").GetInt64());
        Assert.NotEqual(id, Id(hello));
    }

    [Fact]
    public async Task A_client_that_reconnects_at_once_misses_nothing()
    {
        var socket = await TestSocket.ConnectAsync(_sandbox, _sandbox.BotToken);
        var id = Id(await socket.NextAsync());
        var (awaited, lines) = (1L, 0);
        for (var round = 1; round <= 30; round++)
        {
            var first = lines;
            var writing = Task.Run(
                () =>
                {
                    for (var i = 0; i < 20; i++)
                        _sandbox.Mattermost.Post("user1", "test", $"line {first + i}");
                },
                TestContext.Current.CancellationToken
            );
            while (lines < first + 20)
            {
                var frame = await socket.NextAsync();
                Assert.Equal(awaited++, frame.GetProperty("seq").GetInt64());
                if (frame.GetProperty("event").GetString() != "posted")
                    continue;
                Assert.Equal($"line {lines++}", TestSocket.Message(frame));
                // The old socket is left open: the server must take the connection away from it.
                if (lines == first + (round % 20))
                    socket = await TestSocket.ConnectAsync(
                        _sandbox,
                        _sandbox.BotToken,
                        $"connection_id={id}&sequence_number={awaited}"
                    );
            }
            await writing;
        }
    }

    [Fact]
    public async Task After_a_restart_there_is_nothing_to_resume()
    {
        var id = await ConnectAndLoseAsync(3);
        await _sandbox.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var socket = await TestSocket.ConnectAsync(
            _sandbox,
            _sandbox.BotToken,
            $"connection_id={id}&sequence_number=5"
        );
        Assert.NotEqual(id, Id(await socket.NextAsync("hello")));
    }

    [Fact]
    public async Task Without_a_token_on_the_upgrade_nothing_is_resumed()
    {
        var id = await ConnectAndLoseAsync(3);
        using var socket = await TestSocket.ConnectAsync(_sandbox, query: $"connection_id={id}&sequence_number=2");
        await socket.ChallengeAsync(_sandbox.BotToken);
        Assert.NotEqual(id, Id(await socket.NextAsync("hello")));
    }

    private static string Id(System.Text.Json.JsonElement hello) =>
        hello.GetProperty("data").GetProperty("connection_id").GetString()!;

    /// <summary>Connects, gets some posts and loses the connection. The frame that is cut off was never sent.</summary>
    private async Task<string> ConnectAndLoseAsync(int lines)
    {
        using var socket = await TestSocket.ConnectAsync(_sandbox, _sandbox.BotToken);
        var id = Id(await socket.NextAsync());
        for (var i = 0; i < lines; i++)
            _sandbox.Mattermost.Post("user1", "test", $"line {i}");
        for (var i = 0; i < lines; i++)
            await socket.NextAsync("posted");
        _sandbox.CutWebSockets();
        await socket.AssertDropsAsync();
        await _sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, TestContext.Current.CancellationToken);
        return id;
    }
}
