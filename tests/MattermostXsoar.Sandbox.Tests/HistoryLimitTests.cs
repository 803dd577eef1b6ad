using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>The limit of the message history. The answers themselves are compared with recorded ones by
/// ConformanceTests.</summary>
public sealed class HistoryLimitTests
{
    /// <summary>Each reading of the clock is a millisecond later, so that no two posts have the same time.</summary>
    private static SandboxOptions Options =>
        new()
        {
            MattermostVersion = "11.6.0",
            TimeProvider = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) },
        };

    [Fact]
    public async Task Only_the_newest_posts_of_people_are_accessible()
    {
        await using var sandbox = await SandboxServer.StartAsync(Options with { HistoryLimit = 2 });
        using var client = new SandboxClient(sandbox);
        var world = sandbox.Mattermost;
        world.Post("user1", "test", "first");
        world.Post("user1", "test", "second");
        world.Post("xsoarbot", "test", "not counted");
        world.Post("user1", "alerts", "third");

        var list = await client.GetAsync($"/api/v4/channels/{world.Channel("test").Id}/posts");

        Assert.Equal(["not counted", "second"], Messages(list).Take(2));
        Assert.DoesNotContain("first", Messages(list));
        var limits = await client.GetAsync("/api/v4/limits/server");
        Assert.Equal("2", limits["postHistoryLimit"]);
        Assert.Equal(
            world
                .Posts("test")
                .Single(static post => post.Message == "second")
                .CreateAt.ToString(System.Globalization.CultureInfo.InvariantCulture),
            limits["lastAccessiblePostTime"]
        );
    }

    [Fact]
    public async Task The_limit_is_changed_while_the_server_runs()
    {
        await using var sandbox = await SandboxServer.StartAsync(Options);
        using var client = new SandboxClient(sandbox);
        var first = sandbox.Mattermost.Post("user1", "test", "first");
        var second = sandbox.Mattermost.Post("user2", "test", "second");

        var set = await client.SendAsync("PUT", "/sandbox/history", new { limit = 1 });

        Assert.Equal("1", set["limit"]);
        Assert.Equal(
            second.CreateAt.ToString(System.Globalization.CultureInfo.InvariantCulture),
            set["lastAccessiblePostTime"]
        );
        Assert.Equal("app.post.cloud.get.app_error", (await client.GetAsync($"/api/v4/posts/{first.Id}"))["id"]);
        await client.SendAsync("PUT", "/sandbox/history", new { limit = 0, before = second.Id });
        Assert.Equal("0", (await client.GetAsync("/api/v4/limits/server"))["postHistoryLimit"]);
        Assert.Equal(second.CreateAt, sandbox.Mattermost.LastAccessiblePostTime);
        await client.SendAsync("PUT", "/sandbox/history", new { before = "" });
        Assert.Equal(200, (await client.GetAsync($"/api/v4/posts/{first.Id}")).Status);
    }

    [Fact]
    public async Task A_page_is_shorter_by_what_is_hidden_and_names_nothing_that_follows()
    {
        await using var sandbox = await SandboxServer.StartAsync(Options);
        using var client = new SandboxClient(sandbox);
        var posts = Enumerable.Range(0, 6).Select(i => sandbox.Mattermost.Post("user1", "test", $"m{i}")).ToList();
        sandbox.Mattermost.HideBefore(posts[3].Id);
        var path = $"/api/v4/channels/{sandbox.Mattermost.Channel("test").Id}/posts?per_page=4&after={posts[0].Id}";

        var page = await client.GetAsync(path);

        Assert.Equal(["m4", "m3"], Messages(page));
        Assert.Equal("", page["next_post_id"]);
        Assert.Equal(
            posts[2].CreateAt.ToString(System.Globalization.CultureInfo.InvariantCulture),
            page["first_inaccessible_post_time"]
        );
    }

    private static IEnumerable<string> Messages(Reply list) =>
        list
            .Json.GetProperty("order")
            .EnumerateArray()
            .Select(id =>
                list.Json.GetProperty("posts").GetProperty(id.GetString()!).GetProperty("message").GetString()!
            );
}
