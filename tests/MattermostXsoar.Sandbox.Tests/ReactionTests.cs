using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>Reactions, as recorded of 5.37 and, where that recording has no such call, of 11.6.</summary>
public sealed class ReactionTests : IAsyncLifetime
{
    private const string Unknown = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;
    private SandboxUser _user1 = null!;
    private SandboxUser _user2 = null!;
    private SandboxPost _post = null!;
    private string _token = "";

    private MattermostWorld World => _sandbox.Mattermost;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(OlderServer.Options with { TimeProvider = _clock });
        _client = new SandboxClient(_sandbox);
        (_user1, _user2) = (World.User("user1"), World.User("user2"));
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
    public async Task Reactions_are_in_the_post_and_move_update_at_but_not_edit_at()
    {
        World.React("user1", _post.Id, "thumbsup");
        _clock.Advance(TimeSpan.FromSeconds(1));
        World.React("user2", _post.Id, "thumbsup");
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();

        var post = (await _client.GetAsync($"/api/v4/posts/{_post.Id}")).Json;
        Shape.AssertSame(Recorded.Load("rest-posts-get-with-reactions").GetProperty("body"), post);
        Assert.True(post.GetProperty("has_reactions").GetBoolean());
        Assert.Equal(
            [$"{_user1.Id} thumbsup", $"{_user2.Id} thumbsup"],
            Names(post.GetProperty("metadata").GetProperty("reactions"))
        );
        Assert.Equal((now, 0L), (post.GetProperty("update_at").GetInt64(), post.GetProperty("edit_at").GetInt64()));
        var changed = await _client.GetAsync($"/api/v4/channels/{_post.ChannelId}/posts?since={now - 1}");
        Assert.Equal([_post.Id], changed.Json.GetProperty("order").EnumerateArray().Select(static it => it.ToString()));
    }

    [Fact]
    public async Task A_post_without_its_last_reaction_has_no_field_of_reactions()
    {
        World.React("user1", _post.Id, "thumbsup");
        World.Unreact("user1", _post.Id, "thumbsup");

        var post = (await _client.GetAsync($"/api/v4/posts/{_post.Id}")).Json;
        Assert.False(post.TryGetProperty("has_reactions", out _));
        Assert.False(post.GetProperty("metadata").TryGetProperty("reactions", out _));
        Assert.Equal("[]", (await _client.GetAsync($"/api/v4/posts/{_post.Id}/reactions")).Text);
    }

    [Fact]
    public async Task Adding_and_removing_are_events_of_the_channel()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        Assert.Equal(200, (await AddAsync("smile")).Status);
        var added = await socket.NextAsync("reaction_added");
        Assert.Equal(200, (await RemoveAsync("smile")).Status);
        var removed = await socket.NextAsync("reaction_removed");

        Shape.AssertSame(Recorded.Load("ws-reaction_added"), added);
        Shape.AssertSame(Recorded.Load("ws-reaction_removed"), removed);
        Assert.Equal(_post.ChannelId, added.GetProperty("broadcast").GetProperty("channel_id").GetString());
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (frame, createAt) in new[] { (added, now), (removed, 0L) })
        {
            var reaction = Reaction(frame);
            Assert.Equal(
                (_user1.Id, _post.Id, "smile", createAt, now),
                (
                    reaction.GetProperty("user_id").GetString(),
                    reaction.GetProperty("post_id").GetString(),
                    reaction.GetProperty("emoji_name").GetString(),
                    reaction.GetProperty("create_at").GetInt64(),
                    reaction.GetProperty("update_at").GetInt64()
                )
            );
        }
    }

    [Fact]
    public async Task The_same_reaction_again_is_answered_and_published_with_a_new_time_and_listed_once()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        var first = (await AddAsync("smile")).Json.GetProperty("create_at").GetInt64();
        await socket.NextAsync("reaction_added");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var again = await AddAsync("smile");

        Assert.Equal((200, first + 1000), (again.Status, again.Json.GetProperty("create_at").GetInt64()));
        Assert.Equal(
            first + 1000,
            Reaction(await socket.NextAsync("reaction_added")).GetProperty("create_at").GetInt64()
        );
        var listed = Assert.Single(
            (await _client.GetAsync($"/api/v4/posts/{_post.Id}/reactions")).Json.EnumerateArray()
        );
        Assert.Equal(
            (first, first + 1000),
            (listed.GetProperty("create_at").GetInt64(), listed.GetProperty("update_at").GetInt64())
        );
    }

    [Fact]
    public async Task The_removal_of_a_missing_reaction_is_published_all_the_same()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        var removed = await RemoveAsync("tada");
        Assert.Equal((200, """{"status":"OK"}"""), (removed.Status, removed.Text));
        Assert.Equal("tada", Reaction(await socket.NextAsync("reaction_removed")).GetProperty("emoji_name").ToString());
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), World.Posts("test")[^1].UpdateAt);
    }

    [Fact]
    public void A_reaction_that_is_added_again_keeps_its_old_place()
    {
        foreach (var user in new[] { "user1", "user2" })
        {
            World.React(user, _post.Id, "smile");
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        World.Unreact("user1", _post.Id, "smile");
        Assert.Equal([_user2.Id], World.Reactions(_post.Id).Select(static it => it.UserId));
        World.React("user1", _post.Id, "smile");
        Assert.Equal([_user1.Id, _user2.Id], World.Reactions(_post.Id).Select(static it => it.UserId));
    }

    [Theory]
    [InlineData("", 400, "api.reaction.save_reaction.invalid.app_error", "Reaction is not valid.")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        400,
        "api.reaction.save_reaction.invalid.app_error",
        "Reaction is not valid."
    )]
    [InlineData("no_such_emoji_x", 200, null, null)]
    [InlineData("+1", 200, null, null)]
    public async Task The_name_of_an_emoji_is_checked(string emoji, int status, string? id, string? message)
    {
        var reply = await AddAsync(emoji);
        Assert.Equal(status, reply.Status);
        if (id is not null)
            Assert.Equal((id, message), (reply["id"], reply["message"]));
    }

    [Fact]
    public async Task A_name_with_a_sign_is_removed_by_its_path()
    {
        World.React("user1", _post.Id, "+1");
        Assert.Equal(200, (await RemoveAsync("+1")).Status);
        Assert.Empty(World.Reactions(_post.Id));
    }

    [Fact]
    public async Task A_user_reacts_only_for_themselves_but_an_administrator_may_remove_the_reactions_of_others()
    {
        var other = await _client.PostAsync("/api/v4/reactions", Body(_user2.Id, "smile"), _token);
        Assert.Equal(
            Recorded.Load("rest-error-403-reactions-add-for-other").GetProperty("body").GetProperty("id").GetString(),
            other["id"]
        );
        World.React("user2", _post.Id, "smile");
        Assert.Equal(403, (await RemoveAsync("smile", _user2.Id)).Status);
        Assert.Equal(200, (await RemoveAsync("smile", _user2.Id, _sandbox.PersonalToken)).Status);
        Assert.Empty(World.Reactions(_post.Id));
    }

    [Fact]
    public async Task Those_outside_the_channel_may_neither_react_nor_list_reactions()
    {
        World.RemoveMember("test", "user1");
        Reply[] replies =
        [
            await AddAsync("smile"),
            await RemoveAsync("smile"),
            await _client.GetAsync($"/api/v4/posts/{_post.Id}/reactions", _token),
            await _client.PostAsync("/api/v4/posts/ids/reactions", new[] { _post.Id }, _token),
        ];
        Assert.All(
            replies,
            static it => Assert.Equal((403, "api.context.permissions.app_error"), (it.Status, it["id"]))
        );
        Assert.Equal(403, Assert.Throws<MattermostException>(() => World.React("user1", _post.Id, "smile")).Status);
        Assert.Empty(World.Reactions(_post.Id));
    }

    [Fact]
    public async Task An_unknown_post_is_not_found_by_an_administrator_and_forbidden_to_others()
    {
        var body = new
        {
            user_id = World.User("admin").Id,
            post_id = Unknown,
            emoji_name = "smile",
        };
        var asAdmin = await _client.PostAsync("/api/v4/reactions", body);
        Assert.Equal((404, "app.post.get.app_error"), (asAdmin.Status, asAdmin["id"]));
        Assert.Equal(
            403,
            (await _client.PostAsync("/api/v4/reactions", body with { user_id = _user1.Id }, _token)).Status
        );
        Assert.Equal(403, (await _client.GetAsync($"/api/v4/posts/{Unknown}/reactions", _token)).Status);
    }

    [Fact]
    public async Task A_deleted_post_takes_no_reactions()
    {
        World.Delete(_post.Id);
        foreach (var reply in new[] { await AddAsync("smile"), await RemoveAsync("smile") })
            Assert.Equal((404, "app.post.get.app_error"), (reply.Status, reply["id"]));
    }

    [Fact]
    public async Task An_archived_channel_takes_no_reactions()
    {
        World.React("user1", _post.Id, "smile");
        World.Archive("test");
        Assert.Equal(
            ("api.reaction.save.archived_channel.app_error", "You cannot react in an archived channel."),
            Error(await AddAsync("eyes"))
        );
        Assert.Equal(
            ("api.reaction.delete.archived_channel.app_error", "You cannot remove a reaction in an archived channel."),
            Error(await RemoveAsync("smile"))
        );
        Assert.Single(World.Reactions(_post.Id));

        static (string, string) Error(Reply reply)
        {
            Assert.Equal(403, reply.Status);
            return (reply["id"], reply["message"]);
        }
    }

    [Fact]
    public async Task Reactions_of_many_posts_are_listed_also_of_those_without()
    {
        World.React("user1", _post.Id, "smile");
        var without = World.Post("user1", "test", "another");
        var ids = new[] { _post.Id, without.Id, Unknown };

        var lists = (await _client.PostAsync("/api/v4/posts/ids/reactions", ids)).Json;
        Assert.Equal([1, 0, 0], ids.Select(id => lists.GetProperty(id).GetArrayLength()));
        var refused = await _client.PostAsync("/api/v4/posts/ids/reactions", ids, _token);
        Assert.Equal((403, "api.context.permissions.app_error"), (refused.Status, refused["id"]));
    }

    [Fact]
    public async Task A_newer_server_names_the_channel_and_writes_null_for_no_reactions()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });
        using var client = new SandboxClient(sandbox);
        using var socket = await TestSocket.OpenAsync(sandbox, sandbox.BotToken);
        var post = sandbox.Mattermost.Post("user1", "test", "a message");
        Assert.Equal("null", (await client.GetAsync($"/api/v4/posts/{post.Id}/reactions")).Text);

        sandbox.Mattermost.React("user1", post.Id, "smile");
        Assert.Equal(
            post.ChannelId,
            Reaction(await socket.NextAsync("reaction_added")).GetProperty("channel_id").ToString()
        );
        Assert.Equal(
            post.ChannelId,
            (await client.GetAsync($"/api/v4/posts/{post.Id}/reactions")).Json[0].GetProperty("channel_id").ToString()
        );
        sandbox.Mattermost.Unreact("user1", post.Id, "smile");
        Assert.Equal("", Reaction(await socket.NextAsync("reaction_removed")).GetProperty("channel_id").ToString());
    }

    private static IEnumerable<string> Names(JsonElement reactions) =>
        reactions.EnumerateArray().Select(static it => $"{it.GetProperty("user_id")} {it.GetProperty("emoji_name")}");

    private static JsonElement Reaction(JsonElement frame) =>
        JsonDocument.Parse(frame.GetProperty("data").GetProperty("reaction").GetString()!).RootElement;

    private object Body(string userId, string emoji) =>
        new
        {
            user_id = userId,
            post_id = _post.Id,
            emoji_name = emoji,
        };

    private Task<Reply> AddAsync(string emoji) =>
        _client.PostAsync("/api/v4/reactions", Body(_user1.Id, emoji), _token);

    private Task<Reply> RemoveAsync(string emoji, string? userId = null, string? token = null) =>
        _client.SendAsync(
            "DELETE",
            $"/api/v4/users/{userId ?? "me"}/posts/{_post.Id}/reactions/{emoji}",
            null,
            token ?? _token
        );
}
