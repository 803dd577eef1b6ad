using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>What can go wrong before there is a websocket, and the options under which it is opened.</summary>
public sealed class RealtimeUpgradeTests
{
    [Fact]
    public async Task A_rate_limit_is_obeyed_for_as_long_as_the_server_asks()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.RefuseNext(context =>
        {
            // ws-upgrade-429-ratelimited.json; with VaryByUser the value comes twice.
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1, 1";
            return context.Response.WriteAsync("limit exceeded\n");
        });
        var time = new SignallingTimeProvider();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink(), time: time);
        // No other wait is of that length.
        time.Advance(await time.WaitAsync(wait => (int)wait.TotalSeconds == 1));
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
        Assert.Contains(
            running.Sink.Reasons,
            reason => reason.Contains("HTTP 429: too many requests", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(404, "there is no Mattermost server at this address")]
    [InlineData(502, "not ready")]
    [InlineData(200, "may not support websockets")]
    public async Task Another_answer_is_named_and_tried_again(int status, string meaning)
    {
        await using var server = await LoopbackServer.StartAsync();
        server.RefuseNext(context => Answer(context, status));
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        await running.Sink.UntilAsync("Reconnecting");
        Assert.Contains(meaning, Assert.Single(running.Sink.Reasons), StringComparison.Ordinal);
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
    }

    [Fact]
    public async Task A_gateway_that_refuses_the_parameters_of_a_resume_is_asked_without_them()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await running.Sink.UntilAsync("Online");
        server.RefuseNext(context => Answer(context, 400));
        connection.Abort();
        Assert.Equal("", (await server.AcceptAsync()).Query);
        Assert.Contains(server.Requests, request => request.Contains("connection_id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rate_limit_does_not_keep_it_from_resuming()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await running.Sink.UntilAsync("Online");
        server.RefuseNext(context => Answer(context, 429));
        connection.Abort();
        Assert.NotEqual("", (await server.AcceptAsync()).Query);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_makes_it_ask_REST_about_the_token(int status)
    {
        await using var server = await LoopbackServer.StartAsync();
        server.RefuseNext(context => Answer(context, status));
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            checkToken: _ =>
                throw new ApiException(
                    ErrorIds.InvalidBotToken,
                    ErrorKind.Authentication,
                    "Invalid or expired session."
                )
        );
        Assert.Equal(["Connecting", "TokenRejected"], await running.Sink.UntilAsync("TokenRejected"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_named_and_not_followed(int status)
    {
        await using var elsewhere = await LoopbackServer.StartAsync();
        await using var server = await LoopbackServer.StartAsync();
        server.RefuseNext(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.BaseUri + "/api/v4/websocket?redirect=secret";
            return Task.CompletedTask;
        });
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        await running.Sink.UntilAsync("Reconnecting");
        var reason = Assert.Single(running.Sink.Reasons);
        Assert.Contains($"redirects to {elsewhere.BaseUri}/api/v4/websocket;", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reason, StringComparison.Ordinal);
        await server.AcceptAsync();
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_until_it_is_back()
    {
        Uri address;
        await using (var server = await LoopbackServer.StartAsync())
            address = server.BaseUri;

        await using var running = new RunningConnection(
            address,
            new RecordingSink(),
            checkToken: _ =>
                throw new InvalidOperationException("Nobody suspects the token when there is no connection.")
        );
        for (var attempt = 0; attempt < 5; attempt++)
            await running.Sink.UntilAsync("Reconnecting");

        Assert.All(
            running.Sink.Reasons,
            reason => Assert.Contains(address.Authority, reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_certificate_that_nobody_signed_is_refused_with_the_reason()
    {
        await using var server = await LoopbackServer.StartAsync(tls: true);
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        await running.Sink.UntilAsync("Reconnecting");
        var reason = running.Sink.Reasons.First();
        Assert.Contains(
            $"The certificate of {server.BaseUri.Authority} is not trusted",
            reason,
            StringComparison.Ordinal
        );
        Assert.Contains("CN=localhost", reason, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_session_that_skips_the_check_takes_it()
    {
        await using var server = await LoopbackServer.StartAsync(tls: true);
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            transport: new TransportOptions { SkipCertificateCheck = true }
        );
        await (await server.AcceptAsync()).WelcomeAsync();
        Assert.Equal(["Connecting", "gap", "Online"], await running.Sink.UntilAsync("Online"));
    }

    [Fact]
    public async Task A_session_with_a_proxy_goes_through_it_with_its_user_and_password()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var proxy = new LoopbackProxy();
        var address = new UriBuilder(proxy.Uri) { UserName = "ann", Password = "p%40ss" }.Uri;
        await using var running = new RunningConnection(
            new UriBuilder(server.BaseUri) { Host = "chat.example" }.Uri,
            new RecordingSink(),
            transport: new TransportOptions { Proxy = address }
        );
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
        Assert.All(proxy.Tunnels, host => Assert.Equal($"chat.example:{server.BaseUri.Port}", host));
        Assert.Contains("Basic YW5uOnBAc3M=", proxy.Authorizations);
    }

    [Fact]
    public async Task Stopping_takes_no_second_against_a_server_that_never_answers_the_upgrade()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LoopbackServer.StartAsync();
        server.RefuseNext(async context =>
        {
            asked.SetResult();
            await NeverAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        await asked.Task.InTime();
        await AssertStopsAsync(running);
    }

    [Fact]
    public async Task Stopping_takes_no_second_while_waiting_for_the_next_attempt()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.RefuseNext(context => Answer(context, 502));
        var longWait = TimeSpan.FromHours(1);
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            new RealtimeOptions { FirstRetryMinimum = longWait, FirstRetryMaximum = longWait }
        );
        await running.Sink.UntilAsync("Reconnecting");
        await AssertStopsAsync(running);
    }

    [Fact]
    public async Task Stopping_takes_no_second_when_nothing_arrives_and_closes_the_websocket()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await running.Sink.UntilAsync("gap");
        var goodbye = connection.ReceiveAsync();
        await AssertStopsAsync(running);
        Assert.Null(await goodbye);
    }

    [Fact]
    public async Task Stopping_takes_no_second_while_the_sink_is_busy()
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink
        {
            OnEvent = (_, cancellationToken) =>
            {
                busy.SetResult();
                return NeverAsync(cancellationToken);
            },
        };
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, sink);
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await connection.PostedAsync(1);
        await busy.Task.InTime();
        await AssertStopsAsync(running);
    }

    [Fact]
    public async Task Stopping_takes_no_second_while_REST_is_asked_about_the_token()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            checkToken: cancellationToken =>
            {
                asked.SetResult();
                return NeverAsync(cancellationToken);
            }
        );
        (await server.AcceptAsync()).Abort();
        await asked.Task.InTime();
        await AssertStopsAsync(running);
    }

    private static async Task AssertStopsAsync(RunningConnection running)
    {
        await running.StopAsync();
        Assert.True(running.Run.IsCanceled);
        Assert.Equal("Stopped", (await running.Sink.UntilAsync("Stopped"))[^1]);
    }

    private static Task NeverAsync(CancellationToken cancellationToken) =>
        new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
