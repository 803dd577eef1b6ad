using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>How often and how soon a request is tried again.</summary>
public sealed class RetryTests
{
    private static readonly NewPost Post = new() { ChannelId = "jf1qanp4b3g8mq688xat6fzguw", Message = "hello" };

    private readonly WaitRecordingTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rest-ratelimit-429-by-user", 1)]
    [InlineData("rest-ratelimit-429-by-remote-addr", 1)]
    public async Task A_rate_limit_is_waited_out_as_the_server_asks(string name, int seconds)
    {
        var limited = RecordedAnswer.Load(name).Replay();
        await using var server = new LoopbackServer(
            limited,
            limited,
            RecordedAnswer.Load("rest-users-me-bot-token").Replay()
        );
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var me = await client.Users.GetMeAsync(Token);

        Assert.Equal("xsoarbot", me.Username);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds)], _time.Waits);
    }

    [Theory]
    [InlineData("rest-ratelimit-429-post-by-user")]
    [InlineData("rest-ratelimit-429-post-by-remote-addr")]
    public async Task A_rate_limited_post_is_repeated_and_at_last_reported(string name)
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load(name).Replay());
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Posts.CreateAsync(Post, Token));

        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal(server.Requests[0].Body, request.Body));
        Assert.Equal((ErrorIds.RateLimited, ErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.Equal(429, error.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
        Assert.False(error.OutcomeUnknown);
        Assert.Contains("asks to wait 1 s", error.Message);
        Assert.NotNull(error.Advice);
    }

    [Theory]
    [InlineData("rest-ratelimit-200-with-headers-by-user")]
    [InlineData("rest-ratelimit-200-with-headers-by-remote-addr")]
    public async Task A_success_with_rate_limit_headers_is_a_success(string name)
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load(name).Replay());
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        Assert.NotEmpty((await client.Users.GetMeAsync(Token)).Id);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Doubled_headers_without_a_Retry_After_are_understood()
    {
        var limited = LoopbackAnswer
            .Text("limit exceeded\n", "text/plain; charset=utf-8", 429)
            .With("X-Ratelimit-Reset", "3, 3");
        await using var server = new LoopbackServer(limited, RecordedAnswer.Load("rest-users-me-bot-token").Replay());
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        await client.Users.GetMeAsync(Token);

        Assert.Equal([TimeSpan.FromSeconds(3)], _time.Waits);
    }

    [Fact]
    public async Task A_wait_beyond_a_minute_is_cut_to_a_minute()
    {
        var limited = LoopbackAnswer.Text("limit exceeded\n", "text/plain", 429).With("Retry-After", "3600");
        await using var server = new LoopbackServer(limited, RecordedAnswer.Load("rest-users-me-bot-token").Replay());
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        await client.Users.GetMeAsync(Token);

        Assert.Equal([TimeSpan.FromSeconds(60)], _time.Waits);
    }

    [Fact]
    public async Task A_broken_server_is_asked_four_times_with_growing_pauses()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Html(502));
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));

        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(3, _time.Waits.Count);
        Assert.True(_time.Waits[0] < _time.Waits[1] && _time.Waits[1] < _time.Waits[2], string.Join(", ", _time.Waits));
        Assert.Equal((ErrorIds.ServerError, ErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.False(error.OutcomeUnknown);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_post_is_not_repeated_after_a_5xx(int status)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Html(status).With("Retry-After", "7"));
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Posts.CreateAsync(Post, Token));

        Assert.Single(server.Requests);
        Assert.Equal(ErrorIds.ServerError, error.ErrorId);
        Assert.True(error.OutcomeUnknown);
        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
    }

    [Fact]
    public async Task A_post_whose_connection_breaks_is_not_repeated()
    {
        await using var server = new LoopbackServer(new LoopbackAnswer { Drop = true });
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Posts.CreateAsync(Post, Token));

        Assert.Single(server.Requests);
        Assert.Equal((ErrorIds.HostUnreachable, ErrorKind.Connection), (error.ErrorId, error.Kind));
        Assert.True(error.OutcomeUnknown);
    }

    [Fact]
    public async Task A_post_whose_answer_is_cut_is_not_repeated()
    {
        var cut = RecordedAnswer.Load("rest-posts-create-bot").Replay() with { CutAfter = 40 };
        await using var server = new LoopbackServer(cut);
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Posts.CreateAsync(Post, Token));

        Assert.Single(server.Requests);
        Assert.Equal((ErrorIds.ServerError, 201, true), (error.ErrorId, error.StatusCode, error.OutcomeUnknown));
    }

    [Fact]
    public async Task A_post_whose_answer_is_no_JSON_is_not_repeated()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("{\"id\":\"abc\",", 201));
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Posts.CreateAsync(Post, Token));

        Assert.Single(server.Requests);
        Assert.Equal((ErrorIds.ServerError, true), (error.ErrorId, error.OutcomeUnknown));
    }

    [Fact]
    public async Task A_read_whose_answer_is_cut_is_repeated()
    {
        var whole = RecordedAnswer.Load("rest-users-me-bot-token").Replay();
        await using var server = new LoopbackServer(
            whole with
            {
                CutAfter = 40,
            },
            new LoopbackAnswer { Drop = true },
            whole
        );
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        Assert.Equal("xsoarbot", (await client.Users.GetMeAsync(Token)).Username);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Adding_a_member_is_repeated_since_it_does_no_more_the_second_time()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Html(502),
            RecordedAnswer.Load("rest-channels-member-add").Replay()
        );
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        await client.Channels.AddMemberAsync("64rgja5fetrwi8ddqbxppbfcyy", "a33yq8o69p8hbeu3pbbmrzhbih", Token);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-error-404-team-name").Replay());
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        await Assert.ThrowsAsync<ApiException>(() => client.Teams.GetByNameAsync("ghostteam", Token));

        Assert.Single(server.Requests);
    }
}
