using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>Pins, as recorded of 5.37 and, where that recording has no such call, of 11.6.</summary>
public sealed class PinTests : IAsyncLifetime
{
    private const string Unknown = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;
    private SandboxPost _post = null!;
    private string _token = "";

    private MattermostWorld World => _sandbox.Mattermost;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(OlderServer.Options with { TimeProvider = _clock });
        _client = new SandboxClient(_sandbox);
        _token = World.CreateToken("user1");
        _post = World.Post("user2", "test", "a message");
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Pinning_and_unpinning_are_events_of_an_edited_post_without_an_edit()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        foreach (var (action, pinned) in new[] { ("pin", true), ("pin", true), ("unpin", false) })
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var reply = await PinAsync(action);
            Assert.Equal((200, """{"status":"OK"}"""), (reply.Status, reply.Text));
            var frame = await socket.NextAsync("post_edited");
            Shape.AssertSame(Recorded.Load("ws-post_edited"), frame);
            var post = JsonDocument.Parse(frame.GetProperty("data").GetProperty("post").GetString()!).RootElement;
            Assert.Equal(
                (pinned, Now, 0L, "a message"),
                (
                    post.GetProperty("is_pinned").GetBoolean(),
                    post.GetProperty("update_at").GetInt64(),
                    post.GetProperty("edit_at").GetInt64(),
                    post.GetProperty("message").GetString()
                )
            );
            Assert.Equal(
                pinned,
                (await _client.GetAsync($"/api/v4/posts/{_post.Id}")).Json.GetProperty("is_pinned").GetBoolean()
            );
        }
    }

    [Fact]
    public async Task Pinned_posts_are_listed_oldest_first_without_their_threads()
    {
        var second = World.Post("user1", "test", "another");
        World.Post("user1", "test", "a reply", second.Id);
        World.Pin(second.Id);
        World.Pin(_post.Id);

        var list = (await _client.GetAsync($"/api/v4/channels/{_post.ChannelId}/pinned", _token)).Json;
        Shape.AssertSame(Recorded.Load("rest-channels-pinned").GetProperty("body"), list, "posts");
        Assert.Equal(
            [_post.Id, second.Id],
            list.GetProperty("order").EnumerateArray().Select(static it => it.ToString())
        );
        var posts = list.GetProperty("posts");
        Assert.Equal(2, posts.EnumerateObject().Count());
        Assert.Equal(1, posts.GetProperty(second.Id).GetProperty("reply_count").GetInt32());
        Assert.Equal([_post.Id, second.Id], World.PinnedPosts("test").Select(static it => it.Id));

        World.Delete(second.Id);
        Assert.Equal([_post.Id], World.PinnedPosts("test").Select(static it => it.Id));
    }

    [Fact]
    public async Task A_patch_pins_and_leaves_edit_at_while_a_put_unpins_what_it_does_not_pin()
    {
        World.React("user1", _post.Id, "smile");
        var patched = await SendAsync("PUT", $"/api/v4/posts/{_post.Id}/patch", new { is_pinned = true });
        Assert.Equal(
            (true, 0L),
            (patched.GetProperty("is_pinned").GetBoolean(), patched.GetProperty("edit_at").GetInt64())
        );

        _clock.Advance(TimeSpan.FromSeconds(1));
        var edited = await SendAsync("PUT", $"/api/v4/posts/{_post.Id}/patch", new { message = "edited" });
        Assert.Equal(
            (true, Now),
            (edited.GetProperty("is_pinned").GetBoolean(), edited.GetProperty("edit_at").GetInt64())
        );
        Assert.True(edited.GetProperty("has_reactions").GetBoolean());

        var put = await SendAsync("PUT", $"/api/v4/posts/{_post.Id}", new { id = _post.Id, message = "put" });
        Assert.False(put.GetProperty("is_pinned").GetBoolean());
        Assert.False(put.TryGetProperty("has_reactions", out _));
        Assert.False(put.GetProperty("metadata").TryGetProperty("reactions", out _));
        Assert.Single(World.Reactions(_post.Id));
    }

    [Fact]
    public async Task The_same_text_again_is_no_edit()
    {
        var patched = await SendAsync("PUT", $"/api/v4/posts/{_post.Id}/patch", new { message = "a message" });
        Assert.Equal(
            (Now, 0L),
            (patched.GetProperty("update_at").GetInt64(), patched.GetProperty("edit_at").GetInt64())
        );
    }

    [Theory]
    [InlineData("pin")]
    [InlineData("unpin")]
    public async Task A_post_that_is_deleted_or_unknown_is_not_pinned(string action)
    {
        World.Delete(_post.Id);
        var deleted = await PinAsync(action);
        Assert.Equal((404, "app.post.get.app_error"), (deleted.Status, deleted["id"]));
        var unknown = await _client.PostAsync($"/api/v4/posts/{Unknown}/{action}", null, _token);
        Assert.Equal((403, "api.context.permissions.app_error"), (unknown.Status, unknown["id"]));
        Assert.Equal(404, (await _client.PostAsync($"/api/v4/posts/{Unknown}/{action}", null)).Status);
    }

    [Fact]
    public async Task Those_outside_the_channel_may_not_pin()
    {
        World.RemoveMember("test", "user1");
        var reply = await PinAsync("pin");
        Assert.Equal((403, "api.context.permissions.app_error"), (reply.Status, reply["id"]));
        Assert.Empty(World.PinnedPosts("test"));
    }

    [Fact]
    public async Task Nothing_is_changed_in_an_archived_channel()
    {
        World.Archive("test");
        var pin = await PinAsync("pin");
        Assert.Equal(
            (
                400,
                "api.post.patch_post.can_not_update_post_in_deleted.error",
                "Can not update a post in a deleted channel."
            ),
            (pin.Status, pin["id"], pin["message"])
        );
        var patch = await _client.SendAsync("PUT", $"/api/v4/posts/{_post.Id}/patch", new { message = "x" });
        Assert.Equal((400, pin["id"]), (patch.Status, patch["id"]));
        Assert.Equal("a message", World.Posts("test").Single(it => it.Id == _post.Id).Message);
    }

    [Fact]
    public async Task A_post_of_the_server_itself_is_not_pinned()
    {
        var system = World.Posts("test").First(static it => it.IsSystem);
        var reply = await _client.PostAsync($"/api/v4/posts/{system.Id}/pin", null);
        Assert.Equal(
            (400, "api.post.update_post.system_message.app_error", "Unable to update system message."),
            (reply.Status, reply["id"], reply["message"])
        );
    }

    private Task<Reply> PinAsync(string action) =>
        _client.PostAsync($"/api/v4/posts/{_post.Id}/{action}", null, _token);

    private async Task<JsonElement> SendAsync(string method, string path, object body)
    {
        var reply = await _client.SendAsync(method, path, body);
        Assert.Equal(200, reply.Status);
        return reply.Json;
    }
}
