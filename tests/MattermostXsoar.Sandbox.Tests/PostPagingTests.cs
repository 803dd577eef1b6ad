using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class PostPagingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = _time });
        _client = new SandboxClient(_sandbox);
        _sandbox.Mattermost.CreateChannel("admin", "empty", "Empty");
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Pages_go_back_from_the_newest()
    {
        var ids = Write(5);
        var page = await ListAsync("page=0&per_page=2");
        Assert.Equal([ids[4], ids[3]], Order(page));
        Assert.Equal(ids[2], page["prev_post_id"]);
        Assert.Equal("", page["next_post_id"]);
        Assert.Equal([ids[2], ids[1]], Order(await ListAsync("page=1&per_page=2")));
    }

    [Fact]
    public async Task After_and_before_name_their_neighbours_as_recorded()
    {
        var ids = Write(6);
        var after = await ListAsync($"after={ids[1]}&per_page=2");
        Assert.Equal([ids[3], ids[2]], Order(after));
        Assert.Equal(ids[4], after["next_post_id"]);
        Assert.Equal(ids[1], after["prev_post_id"]);
        var before = await ListAsync($"before={ids[4]}&per_page=2");
        Assert.Equal([ids[3], ids[2]], Order(before));
        Assert.Equal(ids[4], before["next_post_id"]);
        Assert.Equal(ids[1], before["prev_post_id"]);
        Assert.Equal("", (await ListAsync($"after={ids[4]}"))["next_post_id"]);
    }

    [Fact]
    public async Task Posts_of_the_anchors_millisecond_are_not_after_it()
    {
        var first = _sandbox.Mattermost.Post("user1", "test", "one");
        _sandbox.Mattermost.Post("user2", "test", "in the same millisecond");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var third = _sandbox.Mattermost.Post("user1", "test", "three");
        Assert.Equal([third.Id], Order(await ListAsync($"after={first.Id}")));
    }

    [Fact]
    public async Task Since_lists_edits_and_deletions()
    {
        var ids = Write(4);
        _time.Advance(TimeSpan.FromSeconds(1));
        var since = _time.GetUtcNow().ToUnixTimeMilliseconds() - 1;
        _sandbox.Mattermost.Edit(ids[1], "edited");
        _sandbox.Mattermost.Delete(ids[2]);

        var page = await ListAsync($"since={since}");
        Assert.Equal([ids[2], ids[1]], Order(page));
        Assert.NotEqual(0, page.Json.GetProperty("posts").GetProperty(ids[2]).GetProperty("delete_at").GetInt64());
        Assert.DoesNotContain(ids[2], Order(await ListAsync("page=0")));
    }

    [Fact]
    public async Task The_root_of_a_reply_is_included_outside_the_order()
    {
        var ids = Write(3);
        var reply = _sandbox.Mattermost.Post("user1", "test", "reply", ids[0]);
        var page = await ListAsync("page=0&per_page=1");
        Assert.Equal([reply.Id], Order(page));
        Assert.True(page.Json.GetProperty("posts").TryGetProperty(ids[0], out _));
    }

    [Theory]
    [InlineData(16383, 201)]
    [InlineData(16384, 400)]
    public async Task Messages_are_measured_in_code_points(int length, int status)
    {
        var message = string.Concat(Enumerable.Repeat("😀", length));
        Assert.Equal(
            status,
            (
                await _client.PostAsync(
                    "/api/v4/posts",
                    new { channel_id = _sandbox.Mattermost.Channel("test").Id, message }
                )
            ).Status
        );
    }

    private string[] Write(int count)
    {
        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            ids[i] = _sandbox.Mattermost.Post(i % 2 == 0 ? "user1" : "user2", "test", $"line {i}").Id;
        }
        _time.Advance(TimeSpan.FromMilliseconds(10));
        return ids;
    }

    private Task<Reply> ListAsync(string query) =>
        _client.GetAsync($"/api/v4/channels/{_sandbox.Mattermost.Channel("test").Id}/posts?{query}");

    private static string[] Order(Reply page) =>
        [.. page.Json.GetProperty("order").EnumerateArray().Select(it => it.GetString()!)];
}
