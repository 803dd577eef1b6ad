using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>
/// A repeated <c>pending_post_id</c>, as recorded of 11.6 (rest-posts-create-pending-*) and tried on 5.37.
/// </summary>
public sealed class PendingPostTests : IAsyncDisposable
{
    private const string PendingId = "3p5sez3tmiyhiyi398ss1cnt6o:1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_new_post_repeats_its_id_and_a_repeated_request_returns_the_first_post_without_it()
    {
        await StartAsync("11.6.0");
        var first = await PostAsync("user1", "test", "first text");
        Assert.Equal(PendingId, first["pending_post_id"]);
        var again = await PostAsync("user1", "test", "another text");
        Assert.Equal(
            (201, first["id"], "first text", ""),
            (again.Status, again["id"], again["message"], again["pending_post_id"])
        );
        Assert.Equal("", (await _client.GetAsync($"/api/v4/posts/{first["id"]}"))["pending_post_id"]);
        Assert.Single(_sandbox.Mattermost.Messages("test"));
    }

    [Fact]
    public async Task The_id_is_remembered_for_half_a_minute()
    {
        await StartAsync("11.6.0");
        var first = await PostAsync("user1", "test", "first");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(first["id"], (await PostAsync("user1", "test", "within"))["id"]);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first["id"], (await PostAsync("user1", "test", "later"))["id"]);
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Whoever_may_read_the_first_post_gets_it_in_place_of_their_own(string version)
    {
        await StartAsync(version);
        var first = await PostAsync("user1", "test", "of user1");
        Assert.Equal(first["id"], (await PostAsync("user2", "test", "of user2"))["id"]);
    }

    [Fact]
    public async Task Who_may_not_read_the_first_post_makes_a_new_one_and_takes_the_id_over()
    {
        await StartAsync("11.6.0");
        var first = await PostAsync("user1", Direct("user1"), "to myself");
        var second = await PostAsync("user2", "test", "of user2");
        Assert.NotEqual(first["id"], second["id"]);
        Assert.Equal(second["id"], (await PostAsync("user1", "test", "again"))["id"]);
    }

    [Fact]
    public async Task Before_6_0_anybody_gets_the_first_post()
    {
        await StartAsync("5.37.0");
        var first = await PostAsync("user1", Direct("user1"), "to myself");
        Assert.Equal(first["id"], (await PostAsync("user2", "test", "of user2"))["id"]);
    }

    [Fact]
    public async Task After_the_first_post_was_deleted_the_answer_is_an_error()
    {
        await StartAsync("11.6.0");
        var first = await PostAsync("user1", "test", "to be deleted");
        _sandbox.Mattermost.Delete(first["id"]);
        var again = await PostAsync("user1", "test", "again");
        Assert.Equal((500, "api.post.deduplicate_create_post.failed_to_get"), (again.Status, again["id"]));
    }

    [Fact]
    public async Task After_a_refused_request_the_id_is_free()
    {
        await StartAsync("11.6.0");
        Assert.Equal(400, (await PostAsync("user1", "test", new string('x', 20_000))).Status);
        var second = await PostAsync("user1", "test", "short");
        Assert.Equal((201, "short"), (second.Status, second["message"]));
    }

    [Fact]
    public async Task Of_two_requests_at_once_one_is_rejected()
    {
        await StartAsync("11.6.0");
        var world = _sandbox.Mattermost;
        var request = new NewPostRequest(world.Channel("test").Id, "race") { PendingPostId = PendingId };
        var created = world.CreatePost(world.User("user1"), request);
        var other = await PostAsync("user1", "test", "race");
        Assert.Equal((500, "api.post.deduplicate_create_post.pending"), (other.Status, other["id"]));
        world.Publish(created, world.User("user1"));
        Assert.Equal(created.Post.Id, (await PostAsync("user1", "test", "race"))["id"]);
    }

    private async Task StartAsync(string version)
    {
        _sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TimeProvider = _time, MattermostVersion = version }
        );
        _client = new SandboxClient(_sandbox);
    }

    private string Direct(string username) => _sandbox.Mattermost.Direct(username, username).Name;

    private Task<Reply> PostAsync(string username, string channel, string message) =>
        _client.PostAsync(
            "/api/v4/posts",
            new
            {
                channel_id = _sandbox.Mattermost.Channel(channel).Id,
                message,
                pending_post_id = PendingId,
            },
            _sandbox.Mattermost.CreateToken(username)
        );
}
