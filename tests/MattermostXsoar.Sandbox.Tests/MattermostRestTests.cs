using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>The recorded calls, repeated: same status, same error id and message, same fields in the same
/// types.</summary>
public sealed class MattermostRestTests : IAsyncLifetime
{
    private const string Nobody = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await OlderServer.StartAsync();
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("rest-system-ping", "system/ping", "none")]
    [InlineData("rest-users-me-personal-token", "users/me", "admin")]
    [InlineData("rest-users-me-bot-token", "users/me", "bot")]
    [InlineData("rest-error-401-bad-token", "users/me", "badtoken0000000000000000zz")]
    [InlineData("rest-error-401-no-token", "users/me", "none")]
    [InlineData("rest-users-list", "users?page=0&per_page=60", "admin")]
    [InlineData("rest-users-list-in-team", "users?in_team={team}", "admin")]
    [InlineData("rest-users-list-in-channel", "users?in_channel={test}", "admin")]
    [InlineData("rest-users-list-past-the-end", "users?page=99", "admin")]
    [InlineData("rest-error-400-users-list-bad-sort", "users?sort=nonsense", "admin")]
    [InlineData("rest-users-get-by-id", "users/{user1}", "admin")]
    [InlineData("rest-users-get-by-username", "users/username/user1", "admin")]
    [InlineData("rest-users-get-by-email", "users/email/user1@example.com", "admin")]
    [InlineData("rest-users-get-bot-user", "users/{bot}", "admin")]
    [InlineData("rest-error-404-user-id", "users/zzzzzzzzzzzzzzzzzzzzzzzzzz", "admin")]
    [InlineData("rest-error-400-user-id-malformed", "users/abc", "admin")]
    [InlineData("rest-error-404-user-username", "users/username/ghost", "admin")]
    [InlineData("rest-error-404-user-email", "users/email/ghost@example.com", "admin")]
    [InlineData("rest-error-400-user-email-malformed", "users/email/notamail", "admin")]
    [InlineData("rest-teams-get-by-name", "teams/name/panw", "admin")]
    [InlineData("rest-teams-get-by-name-uppercase", "teams/name/PANW", "admin")]
    [InlineData("rest-error-404-team-name", "teams/name/ghostteam", "admin")]
    [InlineData("rest-teams-get-by-id", "teams/{team}", "admin")]
    [InlineData("rest-error-404-team-id", "teams/zzzzzzzzzzzzzzzzzzzzzzzzzz", "admin")]
    [InlineData("rest-error-400-team-id-malformed", "teams/abc", "admin")]
    [InlineData("rest-teams-members", "teams/{team}/members", "admin")]
    [InlineData("rest-channels-list-public", "teams/{team}/channels", "admin")]
    [InlineData("rest-channels-list-private", "teams/{team}/channels/private", "admin")]
    [InlineData("rest-error-403-channels-list-private-as-user1", "teams/{team}/channels/private", "user1")]
    [InlineData("rest-channels-list-deleted", "teams/{team}/channels/deleted", "admin")]
    [InlineData("rest-channels-list-of-user", "users/{user1}/teams/{team}/channels", "admin")]
    [InlineData("rest-channels-list-unknown-team", "teams/zzzzzzzzzzzzzzzzzzzzzzzzzz/channels", "admin")]
    [InlineData("rest-channels-get-by-id", "channels/{test}", "admin")]
    [InlineData("rest-channels-get-by-name", "teams/{team}/channels/name/test", "admin")]
    [InlineData("rest-channels-get-private-by-team-name-and-name", "teams/name/panw/channels/name/secret", "admin")]
    [InlineData("rest-error-404-channel-id", "channels/zzzzzzzzzzzzzzzzzzzzzzzzzz", "admin")]
    [InlineData("rest-error-400-channel-id-malformed", "channels/abc", "admin")]
    [InlineData("rest-error-404-channel-name", "teams/{team}/channels/name/ghost", "admin")]
    [InlineData("rest-error-404-channel-by-unknown-team-name", "teams/name/ghostteam/channels/name/test", "admin")]
    [InlineData("rest-channels-stats", "channels/{test}/stats", "admin")]
    [InlineData("rest-channels-members", "channels/{test}/members", "admin")]
    [InlineData("rest-channels-member-me", "channels/{test}/members/me", "bot")]
    [InlineData("rest-error-404-channels-member", "channels/{secret}/members/{user2}", "admin")]
    [InlineData("rest-posts-of-channel", "channels/{test}/posts?page=0&per_page=5", "admin")]
    [InlineData("rest-posts-of-channel-since", "channels/{test}/posts?since=1", "admin")]
    [InlineData("rest-error-403-posts-of-unknown-channel", "channels/zzzzzzzzzzzzzzzzzzzzzzzzzz/posts", "admin")]
    [InlineData("rest-error-404-post", "posts/zzzzzzzzzzzzzzzzzzzzzzzzzz", "admin")]
    [InlineData("rest-error-400-post-id-malformed", "posts/abc", "admin")]
    [InlineData("rest-error-404-file-info", "files/zzzzzzzzzzzzzzzzzzzzzzzzzz/info", "admin")]
    [InlineData("rest-error-501-groups-list", "groups", "admin")]
    [InlineData("rest-error-404-unknown-route", "no/such/route", "admin")]
    public Task Reading_answers_as_recorded(string recorded, string path, string caller) =>
        ReplayAsync(recorded, "GET", path, null, caller);

    [Theory]
    [InlineData("rest-users-by-ids", "users/ids", """["{user1}","{user2}"]""", "admin")]
    [InlineData("rest-users-by-ids-none-match", "users/ids", """["zzzzzzzzzzzzzzzzzzzzzzzzzz"]""", "admin")]
    [InlineData("rest-error-400-users-by-ids-empty", "users/ids", "[]", "admin")]
    [InlineData("rest-users-by-usernames", "users/usernames", """["user1","user2"]""", "admin")]
    [InlineData(
        "rest-channels-create-public",
        "channels",
        """{"team_id":"{team}","name":"ch-new","display_name":"New","type":"O","header":"hh","purpose":"pp"}""",
        "bot"
    )]
    [InlineData(
        "rest-channels-create-private",
        "channels",
        """{"team_id":"{team}","name":"pr-new","display_name":"New","type":"P"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-400-channels-create-duplicate",
        "channels",
        """{"team_id":"{team}","name":"test","display_name":"T","type":"O"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-400-channels-create-bad-name",
        "channels",
        """{"team_id":"{team}","name":"A b!","display_name":"T","type":"O"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-400-channels-create-no-type",
        "channels",
        """{"team_id":"{team}","name":"abc","display_name":"T"}""",
        "admin"
    )]
    [InlineData("rest-error-400-channels-create-malformed-json", "channels", "{", "admin")]
    [InlineData(
        "rest-error-404-channels-create-unknown-team",
        "channels",
        """{"team_id":"zzzzzzzzzzzzzzzzzzzzzzzzzz","name":"abc","display_name":"T","type":"O"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-403-channels-create-unknown-team-as-user1",
        "channels",
        """{"team_id":"zzzzzzzzzzzzzzzzzzzzzzzzzz","name":"abc","display_name":"T","type":"O"}""",
        "user1"
    )]
    [InlineData("rest-channels-member-add", "channels/{secret}/members", """{"user_id":"{user2}"}""", "admin")]
    [InlineData("rest-channels-member-add-again", "channels/{test}/members", """{"user_id":"{user1}"}""", "admin")]
    [InlineData(
        "rest-error-404-channels-member-add-unknown-user",
        "channels/{test}/members",
        """{"user_id":"zzzzzzzzzzzzzzzzzzzzzzzzzz"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-400-channels-member-add-malformed-user",
        "channels/{test}/members",
        """{"user_id":"abc"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-404-channels-member-add-unknown-channel",
        "channels/zzzzzzzzzzzzzzzzzzzzzzzzzz/members",
        """{"user_id":"{user1}"}""",
        "admin"
    )]
    [InlineData(
        "rest-error-404-channels-member-add-not-in-team",
        "channels/{test}/members",
        """{"user_id":"{outsider}"}""",
        "admin"
    )]
    [InlineData("rest-channels-direct", "channels/direct", """["{bot}","{user1}"]""", "bot")]
    [InlineData("rest-error-400-channels-direct-one-id", "channels/direct", """["{bot}"]""", "bot")]
    [InlineData(
        "rest-error-400-channels-direct-unknown-user",
        "channels/direct",
        """["{bot}","zzzzzzzzzzzzzzzzzzzzzzzzzz"]""",
        "bot"
    )]
    [InlineData(
        "rest-error-403-channels-direct-other-two-as-user1",
        "channels/direct",
        """["{bot}","{user2}"]""",
        "user1"
    )]
    [InlineData("rest-channels-group", "channels/group", """["{bot}","{user1}","{user2}"]""", "bot")]
    [InlineData("rest-error-400-channels-group-too-few", "channels/group", """["{bot}","{user1}"]""", "bot")]
    [InlineData(
        "rest-posts-create-bot",
        "posts",
        """{"channel_id":"{test}","message":"hello from the bot @user1"}""",
        "bot"
    )]
    [InlineData(
        "rest-posts-create-user1",
        "posts",
        """{"channel_id":"{test}","message":"hello from user1"}""",
        "user1"
    )]
    [InlineData(
        "rest-posts-create-plainbot-not-in-channel",
        "posts",
        """{"channel_id":"{open}","message":"hello"}""",
        "bot"
    )]
    [InlineData("rest-posts-create-empty-message", "posts", """{"channel_id":"{test}","message":""}""", "bot")]
    [InlineData(
        "rest-error-403-posts-create-private-not-a-member",
        "posts",
        """{"channel_id":"{secret}","message":"x"}""",
        "user2"
    )]
    [InlineData(
        "rest-error-403-posts-create-unknown-channel",
        "posts",
        """{"channel_id":"zzzzzzzzzzzzzzzzzzzzzzzzzz","message":"x"}""",
        "bot"
    )]
    [InlineData("rest-error-403-posts-create-no-channel", "posts", """{"message":"x"}""", "bot")]
    [InlineData(
        "rest-error-400-posts-create-unknown-root",
        "posts",
        """{"channel_id":"{test}","message":"x","root_id":"zzzzzzzzzzzzzzzzzzzzzzzzzz"}""",
        "bot"
    )]
    [InlineData("rest-error-400-posts-create-malformed-json", "posts", "{", "bot")]
    [InlineData(
        "rest-error-400-posts-create-in-deleted-channel",
        "posts",
        """{"channel_id":"{gone}","message":"x"}""",
        "bot"
    )]
    [InlineData("rest-error-401-bad-token-post", "posts", "{}", "badtoken0000000000000000zz")]
    public Task Writing_answers_as_recorded(string recorded, string path, string body, string caller) =>
        ReplayAsync(recorded, "POST", path, body, caller);

    [Theory]
    [InlineData("rest-channels-patch", "PUT", "channels/{test}/patch", """{"header":"patched header"}""", "admin")]
    [InlineData("rest-error-400-channels-patch-deleted", "PUT", "channels/{gone}/patch", """{"header":"x"}""", "admin")]
    [InlineData(
        "rest-channels-member-scheme-roles",
        "PUT",
        "channels/{test}/members/{user1}/schemeRoles",
        """{"scheme_admin":true,"scheme_user":true}""",
        "admin"
    )]
    [InlineData("rest-channels-member-remove", "DELETE", "channels/{test}/members/{user1}", null, "admin")]
    [InlineData(
        "rest-error-404-channels-member-remove-not-a-member",
        "DELETE",
        "channels/{secret}/members/{user2}",
        null,
        "admin"
    )]
    [InlineData(
        "rest-error-400-channels-member-remove-from-town-square",
        "DELETE",
        "channels/{town}/members/{user2}",
        null,
        "admin"
    )]
    [InlineData(
        "rest-error-404-channels-member-remove-unknown-channel",
        "DELETE",
        "channels/zzzzzzzzzzzzzzzzzzzzzzzzzz/members/{user1}",
        null,
        "admin"
    )]
    [InlineData("rest-channels-delete", "DELETE", "channels/{test}", null, "admin")]
    [InlineData("rest-error-400-channels-delete-again", "DELETE", "channels/{gone}", null, "admin")]
    [InlineData("rest-error-400-channels-delete-town-square", "DELETE", "channels/{town}", null, "admin")]
    [InlineData(
        "rest-error-404-channels-delete-unknown",
        "DELETE",
        "channels/zzzzzzzzzzzzzzzzzzzzzzzzzz",
        null,
        "admin"
    )]
    [InlineData("rest-error-403-channels-delete-private-as-user1", "DELETE", "channels/{secret}", null, "user2")]
    [InlineData("rest-channels-restore", "POST", "channels/{gone}/restore", null, "admin")]
    [InlineData("rest-error-404-method-not-on-route", "PATCH", "channels/{test}", null, "admin")]
    public Task Changing_answers_as_recorded(
        string recorded,
        string method,
        string path,
        string? body,
        string caller
    ) => ReplayAsync(recorded, method, path, body, caller);

    [Fact]
    public async Task Posts_are_read_changed_and_deleted_as_recorded()
    {
        var post = _sandbox.Mattermost.Post("xsoarbot", "test", "hello");
        _sandbox.Mattermost.Post("user1", "test", "a reply", post.Id);

        await CheckAsync("rest-posts-get", await _client.GetAsync($"/api/v4/posts/{post.Id}"));
        await CheckAsync("rest-posts-thread", await _client.GetAsync($"/api/v4/posts/{post.Id}/thread"), Posts);
        await CheckAsync(
            "rest-posts-patch",
            await _client.SendAsync(
                "PUT",
                $"/api/v4/posts/{post.Id}/patch",
                """{"message":"edited by patch"}""",
                _sandbox.BotToken
            ),
            "from_bot"
        );
        await CheckAsync(
            "rest-error-403-posts-patch-of-other",
            await _client.SendAsync("PUT", $"/api/v4/posts/{post.Id}/patch", """{"message":"x"}""", Token("user1"))
        );
        await CheckAsync(
            "rest-posts-delete",
            await _client.SendAsync("DELETE", $"/api/v4/posts/{post.Id}", null, _sandbox.BotToken)
        );
        await CheckAsync("rest-error-404-posts-get-deleted", await _client.GetAsync($"/api/v4/posts/{post.Id}"));
        await CheckAsync(
            "rest-error-403-posts-delete-again",
            await _client.SendAsync("DELETE", $"/api/v4/posts/{post.Id}", null, _sandbox.BotToken)
        );
    }

    [Fact]
    public async Task A_token_is_never_in_the_answer_of_a_production_server()
    {
        await using var production = await SandboxServer.StartAsync(OlderServer.Options with { DeveloperMode = false });
        using var client = new SandboxClient(production);
        Assert.Equal("", (await client.GetAsync("/api/v4/users/me", "badtoken0000000000000000zz"))["detailed_error"]);
    }

    private static readonly string[] Posts = ["posts"];

    private async Task ReplayAsync(string recorded, string method, string path, string? body, string caller)
    {
        _sandbox.Mattermost.CreateUser("outsider");
        _sandbox.Mattermost.CreateChannel("admin", "gone", "Gone");
        _sandbox.Mattermost.Archive("gone");
        _sandbox.Mattermost.CreateChannel("admin", "open", "Open");
        await CheckAsync(
            recorded,
            await _client.SendAsync(method, "/api/v4/" + Fill(path), body is null ? null : Fill(body), Token(caller)),
            "from_bot",
            "posts"
        );
    }

    private Task CheckAsync(string name, Reply reply, params string[] except)
    {
        var recorded = Recorded.Load(name);
        Assert.True(recorded.GetProperty("status").GetInt32() == reply.Status, $"{name}: {reply.Status} {reply.Text}");
        var body = recorded.GetProperty("body");
        // The recorded accounts had no verified address, of which the server then says nothing.
        Shape.AssertSame(body, reply.Json, [.. except, "email_verified"]);
        if (reply.Status >= 400)
        {
            Assert.Equal(body.GetProperty("id").GetString(), reply["id"]);
            Assert.Equal(body.GetProperty("message").GetString(), reply["message"]);
        }
        var headers = recorded.GetProperty("headers");
        Assert.Equal(headers.TryGetProperty("X-Version-Id", out _), reply.Headers.ContainsKey("X-Version-Id"));
        Assert.Equal(headers.GetProperty("Content-Type").GetString(), reply.Headers["Content-Type"]);
        return Task.CompletedTask;
    }

    private string Token(string caller) =>
        caller switch
        {
            "admin" => _sandbox.PersonalToken,
            "bot" => _sandbox.BotToken,
            "none" => "",
            _ when caller.StartsWith("user", StringComparison.Ordinal) => _sandbox.Mattermost.CreateToken(caller),
            _ => caller,
        };

    private string Fill(string text)
    {
        var world = _sandbox.Mattermost;
        text = text.Replace("{team}", world.Team("panw").Id)
            .Replace("{bot}", world.User("xsoarbot").Id)
            .Replace("{town}", world.Channel("town-square").Id);
        foreach (var user in new[] { "user1", "user2", "outsider" })
            text = text.Replace("{" + user + "}", world.User(user).Id);
        foreach (var channel in new[] { "test", "secret", "gone", "open" })
            text = text.Replace("{" + channel + "}", world.Channel(channel).Id);
        return text;
    }
}
