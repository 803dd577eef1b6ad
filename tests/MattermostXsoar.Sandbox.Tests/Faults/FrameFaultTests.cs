using System.Net.WebSockets;
using System.Text.Json;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>The effect of a fault on a websocket's frames, the same if it was added in-process or over HTTP.</summary>
[Trait("Category", "Fault")]
public sealed class FrameFaultTests : IAsyncLifetime
{
    private readonly WaitClock _clock = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = _clock });
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultKind.WebSocketDropFrames, "1,2")]
    [InlineData(FaultKind.WebSocketDuplicate, "0,0,1,2")]
    [InlineData(FaultKind.WebSocketReorder, "1,0,2")]
    public async Task Frames_are_lost_doubled_and_overtaken(FaultKind kind, string expected)
    {
        foreach (var overHttp in new[] { false, true })
        {
            using var socket = await OpenAsync();
            await PlantAsync(
                overHttp,
                new Fault { Kind = kind, PathPattern = "^posted$" },
                $$"""{"kind":"{{kind}}","event":"^posted$"}"""
            );
            Say(3);
            foreach (var line in expected.Split(','))
                Assert.Equal("line " + line, TestSocket.Message(await socket.NextAsync("posted")));
        }
    }

    [Fact]
    public async Task A_lost_frame_uses_up_its_number_and_a_doubled_one_keeps_it()
    {
        using var socket = await OpenAsync();
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.WebSocketDropFrames, PathPattern = "posted" });
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.WebSocketDuplicate, PathPattern = "posted" });
        Say(3);
        var numbers = new List<long>();
        for (var i = 0; i < 3; i++)
            numbers.Add((await socket.NextAsync("posted")).GetProperty("seq").GetInt64());
        Assert.Equal([0, 0, 1], numbers.Select(it => it - numbers[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_delayed_frame_delays_those_after_it(bool overHttp)
    {
        using var socket = await OpenAsync();
        await PlantAsync(
            overHttp,
            new Fault
            {
                Kind = FaultKind.WebSocketDelay,
                Delay = TimeSpan.FromSeconds(3),
                PathPattern = "posted",
            },
            """{"kind":"WebSocketDelay","delay":3,"event":"posted"}"""
        );
        Say(2);
        var first = socket.NextAsync("posted");
        await _clock.PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal("line 0", TestSocket.Message(await first));
        Assert.Equal("line 1", TestSocket.Message(await socket.NextAsync("posted")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Garbage_is_sent_instead_of_a_frame(bool overHttp)
    {
        using var socket = await OpenAsync();
        await PlantAsync(
            overHttp,
            new Fault { Kind = FaultKind.WebSocketGarbage, PathPattern = "posted" },
            """{"kind":"WebSocketGarbage","event":"posted"}"""
        );
        await PlantAsync(
            overHttp,
            new Fault
            {
                Kind = FaultKind.WebSocketGarbage,
                PathPattern = "posted",
                Body = "[1]",
            },
            """{"kind":"WebSocketGarbage","event":"posted","body":"[1]"}"""
        );
        Say(3);
        await Assert.ThrowsAnyAsync<JsonException>(() => socket.NextAsync("posted"));
        Assert.Equal(JsonValueKind.Array, (await socket.NextAsync()).ValueKind);
        Assert.Equal("line 2", TestSocket.Message(await socket.NextAsync("posted")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_is_the_end_without_a_close_frame(bool overHttp)
    {
        using var socket = await OpenAsync();
        await PlantAsync(
            overHttp,
            new Fault
            {
                Kind = FaultKind.WebSocketCut,
                PathPattern = "posted",
                Skip = 1,
            },
            """{"kind":"WebSocketCut","event":"posted","skip":1}"""
        );
        Say(3);
        Assert.Equal("line 0", TestSocket.Message(await socket.NextAsync("posted")));
        await socket.AssertDropsAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frozen_socket_sends_nothing_more_while_others_go_on(bool overHttp)
    {
        using var frozen = await OpenAsync();
        await PlantAsync(
            overHttp,
            new Fault { Kind = FaultKind.WebSocketFreeze, PathPattern = "posted" },
            """{"kind":"WebSocketFreeze","event":"posted"}"""
        );
        var post = _sandbox.Mattermost.Post("user1", "test", "lost");
        var silence = frozen.NextAsync("posted");
        using var other = await OpenAsync();
        // Of another kind than the fault is for, which may not have met the post yet.
        _sandbox.Mattermost.Edit(post.Id, "edited");
        Assert.Equal("edited", TestSocket.Message(await other.NextAsync("post_edited")));
        Assert.False(silence.IsCompleted);
        _sandbox.CutWebSockets();
        await Assert.ThrowsAnyAsync<WebSocketException>(() => silence);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_upgrade_is_refused(int status)
    {
        foreach (var overHttp in new[] { false, true })
        {
            await PlantAsync(
                overHttp,
                new Fault
                {
                    Kind = FaultKind.Status,
                    Status = status,
                    PathPattern = "/websocket$",
                },
                $$"""{"kind":"Status","status":{{status}},"path":"/websocket$"}"""
            );
            var error = await Assert.ThrowsAsync<WebSocketException>(() =>
                TestSocket.ConnectAsync(_sandbox, _sandbox.BotToken)
            );
            Assert.Contains(
                status.ToString(System.Globalization.CultureInfo.InvariantCulture),
                error.Message,
                StringComparison.Ordinal
            );
            using var socket = await OpenAsync();
        }
    }

    private async Task<TestSocket> OpenAsync() => await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);

    private void Say(int lines)
    {
        for (var i = 0; i < lines; i++)
            _sandbox.Mattermost.Post("user1", "test", $"line {i}");
    }

    private Task PlantAsync(bool overHttp, Fault fault, string json) =>
        new FaultCase(fault, json).PlantAsync(_sandbox, _client, overHttp);
}
