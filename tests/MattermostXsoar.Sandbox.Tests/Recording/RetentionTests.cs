using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Recording;

/// <summary>A sandbox that runs for weeks does not grow: old posts and calls are removed.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task Old_posts_are_removed_with_their_threads_and_without_an_event()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { PostCapacity = 100 });
        using var client = new SandboxClient(sandbox);
        using var socket = await TestSocket.OpenAsync(sandbox, sandbox.BotToken);
        var world = sandbox.Mattermost;
        var root = world.Post("user1", "test", "root");
        var reply = world.Post("user2", "test", "reply", root.Id);
        for (var i = 0; i < 500; i++)
            world.Post("user1", i % 2 == 0 ? "test" : "alerts", $"line {i}");

        var (test, alerts) = (world.Messages("test"), world.Messages("alerts"));
        Assert.InRange(test.Count + alerts.Count, 100, 110);
        Assert.Equal("line 499", alerts[^1].Message);
        foreach (var id in new[] { root.Id, reply.Id })
            Assert.Equal(404, (await client.GetAsync("/api/v4/posts/" + id)).Status);
        Assert.Equal(200, (await client.GetAsync($"/api/v4/posts/{alerts[0].Id}/thread")).Status);
        Assert.Equal("line 499", TestSocket.Message(await LastAsync(socket)));
    }

    [Fact]
    public async Task A_websocket_that_does_not_read_is_dropped()
    {
        await using var sandbox = await SandboxServer.StartAsync(OlderServer.Options with { WebSocketBacklog = 50 });
        using var socket = await TestSocket.OpenAsync(sandbox, sandbox.BotToken);
        sandbox.FreezeWebSockets();
        sandbox.Mattermost.Post("user1", "test", "the first");
        await sandbox.WhenWaitedInFreezeAsync(1, TestContext.Current.CancellationToken);
        for (var i = 0; i < 60; i++)
            sandbox.Mattermost.Post("user1", "test", $"line {i}");
        await sandbox.Mattermost.WhenConnectionsAsync(
            static count => count == 0,
            TestContext.Current.CancellationToken
        );
        sandbox.Thaw();
        await socket.AssertDropsAsync();
    }

    /// <summary>Reads until the last post; there must be no deletion among them.</summary>
    private static async Task<JsonElement> LastAsync(TestSocket socket)
    {
        while (true)
        {
            var frame = await socket.NextAsync();
            Assert.NotEqual("post_deleted", frame.GetProperty("event").GetString());
            if (frame.GetProperty("event").GetString() == "posted" && TestSocket.Message(frame) == "line 499")
                return frame;
        }
    }
}
