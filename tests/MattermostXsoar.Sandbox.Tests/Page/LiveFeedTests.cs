using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Page;

public sealed class LiveFeedTests
{
    [Fact]
    public async Task A_viewer_gets_everything_once_and_then_the_changes()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        var post = sandbox.Mattermost.Post("user1", "test", "first");
        using var live = await LiveClient.OpenAsync(sandbox);
        Assert.Equal(
            sandbox.Mattermost.Channel("test").Id,
            (await live.NextAsync("hello")).GetProperty("channel").GetString()
        );
        Assert.Equal(3, (await live.NextAsync("lists")).GetProperty("incidents").GetArrayLength());
        Assert.Contains(Lines(await live.NextAsync("chat")), line => line.GetProperty("id").GetString() == post.Id);
        Assert.Empty(Lines(await live.NextAsync("room")));

        sandbox.Mattermost.Edit(post.Id, "better");
        var edited = Assert.Single(Lines(await live.NextAsync("chat")));
        Assert.Equal("better", edited.GetProperty("text").GetString());
        Assert.True(edited.GetProperty("isEdited").GetBoolean());

        sandbox.Mattermost.React("user2", post.Id, "eyes");
        Assert.Equal(
            "eyes",
            Assert
                .Single(Lines(await live.NextAsync("chat")))
                .GetProperty("reactions")[0]
                .GetProperty("emoji")
                .GetString()
        );

        sandbox.Mattermost.Delete(post.Id);
        var deleted = Assert.Single(Lines(await live.NextAsync("chat")));
        Assert.True(deleted.GetProperty("isDeleted").GetBoolean());
        Assert.Equal("", deleted.GetProperty("text").GetString());

        var purged = sandbox.Mattermost.Post("user1", "test", "soon nowhere");
        await live.NextAsync("chat");
        sandbox.Mattermost.Purge(purged.Id);
        Assert.Equal(purged.Id, (await live.NextAsync("chat")).GetProperty("gone")[0].GetString());

        var entry = sandbox.Xsoar.AddEntry("1", "DBot", "[1]", "commandAndResults", "json", contentsIsJson: true);
        var added = Assert.Single(Lines(await live.NextAsync("room")));
        Assert.Equal((entry.Id, "json"), (added.GetProperty("id").GetString(), added.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_long_channel_is_sent_from_its_end_and_a_long_text_from_its_beginning()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        for (var i = 0; i < 450; i++)
            sandbox.Mattermost.Post("user1", "test", $"line {i}");
        sandbox.Mattermost.Post("user1", "test", new string('x', 16_000));
        using var live = await LiveClient.OpenAsync(sandbox);
        var lines = Lines(await live.NextAsync("chat"));
        Assert.Equal(200, lines.Count);
        Assert.True(lines[^1].GetProperty("isCut").GetBoolean());
        Assert.True(lines[^1].GetProperty("text").GetString()!.Length < 7000);
    }

    [Fact]
    public async Task Faults_calls_and_a_freeze_are_sent_and_do_not_hit_the_feed()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var live = await LiveClient.OpenAsync(sandbox);
        using var admin = new HttpClient { BaseAddress = sandbox.MattermostUri };
        sandbox.Faults.Add(
            new Sandbox.Faults.Fault
            {
                Kind = Sandbox.Faults.FaultKind.Status,
                Status = 503,
                Count = 2,
            }
        );
        Assert.Equal(
            2,
            (await live.NextAsync("faults", it => it.GetProperty("active").GetArrayLength() == 1))
                .GetProperty("active")[0]
                .GetProperty("left")
                .GetInt32()
        );
        using var answer = await admin.GetAsync(
            new Uri("/api/v4/system/ping", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var call = (
            await live.NextAsync(
                "calls",
                it =>
                    it.GetProperty("calls").GetArrayLength() == 1
                    && it.GetProperty("calls")[0].GetProperty("status").GetInt32() != 0
            )
        ).GetProperty("calls")[0];
        Assert.Equal(503, call.GetProperty("status").GetInt32());
        sandbox.Freeze();
        var waiting = admin.GetAsync(
            new Uri("/api/v4/system/ping", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        await sandbox.WhenWaitedInFreezeAsync(1, TestContext.Current.CancellationToken);
        Assert.True(
            (await live.NextAsync("faults", it => it.GetProperty("isFrozen").GetBoolean()))
                .GetProperty("isFrozen")
                .GetBoolean()
        );
        sandbox.Mattermost.Post("user1", "test", "behind the glass");
        Assert.Single(Lines(await live.NextAsync("chat")));
        Assert.False(waiting.IsCompleted);
        sandbox.Thaw();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task The_feed_ends_with_the_server()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var live = await LiveClient.OpenAsync(sandbox);
        await live.NextAsync("hello");
        await sandbox.StopAsync();
        await live.EndAsync();
    }

    private static List<JsonElement> Lines(JsonElement message) => [.. message.GetProperty("lines").EnumerateArray()];
}
