using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Recorded;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Servers that fall silent: the time limit and the caller's cancellation both end the wait.</summary>
public sealed class TimeLimitTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();

    public static TheoryData<bool> StallsInTheBody => [false, true];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StallsInTheBody))]
    public async Task A_post_ends_at_the_time_limit_with_an_unknown_outcome(bool inTheBody)
    {
        await using var server = new LoopbackServer(Stall("rest-posts-create-bot", inTheBody));
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        var post = client.Posts.CreateAsync(new() { ChannelId = "c", Message = "m" }, Token);
        await server.RequestAsync();
        _time.Advance(TimeSpan.FromSeconds(100));

        var error = await Assert.ThrowsAsync<ApiException>(() => post.WaitAsync(Deadline, Token));

        Assert.Single(server.Requests);
        Assert.Equal(
            (ErrorIds.RequestTimeout, ErrorKind.Timeout, true),
            (error.ErrorId, error.Kind, error.OutcomeUnknown)
        );
        Assert.Contains("did not answer POST /api/v4/posts within 100 s", error.Message);
        Assert.Contains("-TimeoutSec", error.Advice);
    }

    [Theory]
    [MemberData(nameof(StallsInTheBody))]
    public async Task A_read_is_tried_once_more_after_a_time_out(bool inTheBody)
    {
        var whole = RecordedAnswer.Load("rest-users-me-bot-token").Replay();
        await using var server = new LoopbackServer(Stall("rest-users-me-bot-token", inTheBody), whole);
        var time = new WaitRecordingTimeProvider();
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(time));
        var me = client.Users.GetMeAsync(Token);
        await server.RequestAsync();
        time.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal("xsoarbot", (await me.WaitAsync(Deadline, Token)).Username);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(StallsInTheBody))]
    public async Task A_cancellation_ends_the_wait_at_once(bool inTheBody)
    {
        await using var server = new LoopbackServer(Stall("rest-users-me-bot-token", inTheBody));
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        using var cancel = new CancellationTokenSource();
        var me = client.Users.GetMeAsync(cancel.Token);
        await server.RequestAsync();
        await cancel.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => me.WaitAsync(Deadline, Token));

        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_cancellation_ends_the_wait_between_two_tries()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Html(502));
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        using var cancel = new CancellationTokenSource();
        var me = client.Users.GetMeAsync(cancel.Token);
        await server.RequestAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => me.WaitAsync(Deadline, Token));
    }

    [Fact]
    public async Task Closing_the_client_ends_the_wait_and_the_error_names_the_cause()
    {
        await using var server = new LoopbackServer(Stall("rest-users-me-bot-token", inTheBody: false));
        var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        var me = client.Users.GetMeAsync(Token);
        await server.RequestAsync();
        client.Dispose();

        var error = await Assert.ThrowsAsync<ApiException>(() => me.WaitAsync(Deadline, Token));

        Assert.Equal(ErrorIds.NotConnected, error.ErrorId);
        Assert.False(error.OutcomeUnknown);
    }

    [Fact]
    public async Task What_was_being_sent_when_the_client_was_closed_may_have_arrived()
    {
        await using var server = new LoopbackServer(Stall("rest-users-me-bot-token", inTheBody: false));
        var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        var post = client.Posts.CreateAsync(new NewPost { ChannelId = new string('c', 26), Message = "hi" }, Token);
        await server.RequestAsync();
        client.Dispose();

        var error = await Assert.ThrowsAsync<ApiException>(() => post.WaitAsync(Deadline, Token));

        Assert.Equal((ErrorIds.NotConnected, true), (error.ErrorId, error.OutcomeUnknown));
    }

    [Fact]
    public async Task A_client_stays_open_while_one_of_its_tokens_is_used()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-users-me-bot-token").Replay());
        var environment = TestClients.Environment();
        var bot = TestClients.Mattermost(server.Uri, environment);
        using var personal = bot.WithToken(new AccessToken("another-token", environment.Redactor), TokenRole.Personal);
        bot.Dispose();
        bot.Dispose();

        await personal.Users.GetMeAsync(Token);

        Assert.Equal("Bearer another-token", Assert.Single(server.Requests).Headers["Authorization"]);
    }

    private static LoopbackAnswer Stall(string name, bool inTheBody)
    {
        var answer = RecordedAnswer.Load(name).Replay();
        return inTheBody ? answer with { StallAfter = 10 } : answer with { Silent = true };
    }
}
