using System.Net.WebSockets;
using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Realtime;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The connection over real sockets.</summary>
public sealed class RealtimeConnectionTests
{
    [Fact]
    public async Task Authenticates_comes_online_and_delivers_events_in_order()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        var challenge = await connection.ReceiveAsync();
        Assert.Equal("authentication_challenge", challenge!.Value.GetProperty("action").GetString());
        Assert.Equal(1, challenge.Value.GetProperty("seq").GetInt32());
        Assert.Equal(ProtocolDriver.Token, challenge.Value.GetProperty("data").GetProperty("token").GetString());
        await connection.HelloAsync();
        await connection.PostedAsync(1);
        await connection.PostedAsync(2);

        Assert.Equal(
            ["Connecting", "gap", "Online", "posted 1", "posted 2"],
            await running.Sink.UntilAsync("posted 2")
        );
        Assert.Equal(["/chat/api/v4/websocket"], server.Requests);
        Assert.Null(connection.Authorization);
    }

    [Fact]
    public async Task Reads_messages_of_any_size_and_in_any_number_of_pieces()
    {
        var text = new string('x', 3_000_000);
        var messages = new List<string>();
        var sink = new RecordingSink
        {
            OnEvent = (e, _) =>
            {
                messages.Add(e.Post!.Message);
                return Task.CompletedTask;
            },
        };
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, sink);
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await connection.PostedAsync(1, text);
        await connection.SendInPiecesAsync(Encoding.UTF8.GetBytes(ProtocolDriver.PostedFrame(2, "ä漢🚒")), 1);
        await connection.PostedAsync(3);
        await running.Sink.UntilAsync("posted 3");
        Assert.Equal([text, "ä漢🚒", "line 3"], messages);
    }

    [Fact]
    public async Task A_message_over_the_limit_ends_the_connection_and_is_reported()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                MaxMessageBytes = 50_000,
            }
        );
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await connection.PostedAsync(1, new string('x', 200_000));
        await running.Sink.UntilAsync("Reconnecting");
        Assert.Contains(
            running.Sink.Reasons,
            reason => reason.Contains("more than 50000 bytes", StringComparison.Ordinal)
        );
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
    }

    [Fact]
    public async Task A_slow_sink_holds_the_server_up_and_loses_nothing()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = 0;
        var sink = new RecordingSink
        {
            OnEvent = (_, _) =>
            {
                Interlocked.Increment(ref begun);
                first.TrySetResult();
                return gate.Task;
            },
        };
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, sink);
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        var sending = Task.Run(
            async () =>
            {
                for (var seq = 1; seq <= 500; seq++)
                    await connection.PostedAsync(seq);
            },
            TestContext.Current.CancellationToken
        );
        await first.Task.InTime();
        await sending.InTime();
        Assert.Equal(1, Volatile.Read(ref begun));
        gate.SetResult();
        var entries = await sink.UntilAsync("posted 500");
        Assert.Equal(
            Enumerable.Range(1, 500).Select(seq => $"posted {seq}"),
            entries.Where(entry => entry.StartsWith("posted", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_opened_again_and_the_gap_is_reported_first()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await running.Sink.UntilAsync("Online");
        connection.Abort();
        Assert.Equal(["Reconnecting", "Connecting"], await running.Sink.UntilAsync("Connecting"));
        var next = await server.AcceptAsync();
        Assert.Equal("", next.Query);
        await next.WelcomeAsync();
        await next.PostedAsync(1);
        Assert.Equal(["gap", "Online", "posted 1"], await running.Sink.UntilAsync("posted 1"));
    }

    [Fact]
    public async Task A_server_that_closes_the_connection_is_connected_to_again()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await running.Sink.UntilAsync("Online");
        await connection.CloseAsync();
        await running.Sink.UntilAsync("Reconnecting");
        Assert.Contains(running.Sink.Reasons, reason => reason.Contains("1001", StringComparison.Ordinal));
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
    }

    [Fact]
    public async Task A_named_connection_is_resumed_with_the_token_in_the_header_and_never_in_the_address()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await connection.PostedAsync(1);
        await running.Sink.UntilAsync("posted 1");
        connection.Abort();

        var next = await server.AcceptAsync();
        Assert.Equal($"?connection_id={ProtocolDriver.OneId}&sequence_number=2", next.Query);
        Assert.Equal("Bearer " + ProtocolDriver.Token, next.Authorization);
        await next.PostedAsync(2);
        await next.PostedAsync(3);
        Assert.Equal(
            ["Reconnecting", "Connecting", "resumed", "Online", "posted 2", "posted 3"],
            await running.Sink.UntilAsync("posted 3")
        );
        Assert.DoesNotContain(
            server.Requests,
            request => request.Contains(ProtocolDriver.Token, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_resume_with_nothing_missed_is_seen_by_the_answer_to_the_ping()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await running.Sink.UntilAsync("Online");
        connection.Abort();

        var next = await server.AcceptAsync();
        Assert.Equal("authentication_challenge", (await next.ReceiveAsync())!.Value.GetProperty("action").GetString());
        await next.AnswerAsync();
        Assert.Equal(["Reconnecting", "Connecting", "resumed", "Online"], await running.Sink.UntilAsync("Online"));
        await next.PostedAsync(1);
        Assert.Equal(["resume done", "posted 1"], await running.Sink.UntilAsync("posted 1"));
    }

    [Fact]
    public async Task A_resume_that_is_closed_at_once_is_followed_by_a_new_connection()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await running.Sink.UntilAsync("Online");
        connection.Abort();
        var resuming = await server.AcceptAsync();
        Assert.NotEqual("", resuming.Query);
        resuming.Abort();
        var next = await server.AcceptAsync();
        Assert.Equal("", next.Query);
        await next.WelcomeAsync(ProtocolDriver.OtherId);
        Assert.Contains("gap", await running.Sink.UntilAsync("Online"));
    }

    [Fact]
    public async Task A_connection_that_the_server_closes_normally_is_not_resumed()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await connection.PostedAsync(1);
        await running.Sink.UntilAsync("posted 1");
        await connection.CloseAsync(WebSocketCloseStatus.NormalClosure);
        var next = await server.AcceptAsync();
        Assert.Equal("", next.Query);
        Assert.Null(next.Authorization);
        await next.WelcomeAsync(ProtocolDriver.OtherId);
        Assert.Contains("gap", await running.Sink.UntilAsync("Online"));
    }

    [Fact]
    public async Task A_connection_that_was_given_up_and_may_still_be_open_is_not_resumed()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                PingInterval = TimeSpan.FromMilliseconds(10),
                PongTimeout = TimeSpan.FromMilliseconds(50),
            }
        );
        await (await server.AcceptAsync()).WelcomeAsync(ProtocolDriver.OneId);
        await running.Sink.UntilAsync("Reconnecting");
        Assert.Equal("", (await server.AcceptAsync()).Query);
    }

    [Fact]
    public async Task A_connection_whose_token_was_refused_is_not_resumed_when_the_token_is_accepted_again()
    {
        var checks = 0;
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                PingInterval = TimeSpan.FromMilliseconds(10),
            },
            checkToken: _ =>
                Interlocked.Increment(ref checks) == 1
                    ? throw new ApiException(ErrorIds.InvalidBotToken, ErrorKind.Authentication, "Expired.")
                    : Task.CompletedTask
        );
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await connection.ReceiveAsync();
        await connection.SendAsync(
            """{"status":"FAIL","error":{"id":"api.web_socket_router.not_authenticated.app_error","message":"WebSocket connection is not authenticated.","detailed_error":"","status_code":401},"seq_reply":2}"""
        );
        Assert.Equal("", (await server.AcceptAsync()).Query);
        Assert.Contains("TokenRejected", await running.Sink.UntilAsync("Connecting", times: 2));
    }

    [Fact]
    public async Task A_refused_token_is_recognised_by_REST_and_the_connection_recovers_when_it_is_accepted_again()
    {
        var checks = 0;
        Task CheckAsync(CancellationToken cancellationToken) =>
            Interlocked.Increment(ref checks) <= 3
                ? throw new ApiException(
                    ErrorIds.InvalidBotToken,
                    ErrorKind.Authentication,
                    $"Invalid or expired session {ProtocolDriver.Token}."
                )
                : Task.CompletedTask;

        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink(), checkToken: CheckAsync);
        var connection = await server.AcceptAsync();
        await connection.ReceiveAsync();
        connection.Abort();
        Assert.Equal(
            ["Connecting", "TokenRejected", "Connecting"],
            [await running.Sink.NextAsync(), await running.Sink.NextAsync(), await running.Sink.NextAsync()]
        );
        Assert.Equal(["Invalid or expired session ***."], running.Sink.Reasons);
        Assert.Equal(4, checks);
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
    }

    [Fact]
    public async Task The_same_end_with_a_good_token_is_the_networks_fault()
    {
        var checks = 0;
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            checkToken: _ =>
            {
                Interlocked.Increment(ref checks);
                return Task.CompletedTask;
            }
        );
        (await server.AcceptAsync()).Abort();
        Assert.Equal(["Connecting", "Reconnecting"], await running.Sink.UntilAsync("Reconnecting"));
        Assert.Equal(1, checks);
    }

    [Fact]
    public async Task Where_REST_fails_as_well_it_is_the_networks_fault()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            checkToken: _ => throw new ApiException(ErrorIds.HostUnreachable, ErrorKind.Connection, "down")
        );
        (await server.AcceptAsync()).Abort();
        Assert.Equal(["Connecting", "Reconnecting"], await running.Sink.UntilAsync("Reconnecting"));
    }

    [Fact]
    public async Task A_token_that_is_revoked_while_online_is_seen_by_the_answer_to_a_ping()
    {
        var revoked = new ApiException(
            ErrorIds.InvalidBotToken,
            ErrorKind.Authentication,
            "Invalid or expired session."
        );
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                PingInterval = TimeSpan.FromMilliseconds(10),
            },
            checkToken: _ => throw revoked
        );
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await connection.ReceiveAsync();
        await connection.SendAsync(
            """{"status":"FAIL","seq_reply":2,"error":{"id":"api.context.invalid_token.error","message":"Invalid session token=st9mm1rsginwprqjpixba4mmuh, err=","detailed_error":"","status_code":401}}"""
        );
        Assert.Equal(["Connecting", "gap", "Online", "TokenRejected"], await running.Sink.UntilAsync("TokenRejected"));
        Assert.DoesNotContain(
            running.Sink.Reasons,
            reason => reason.Contains(ProtocolDriver.Token, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_frozen_server_is_noticed_by_the_missing_answer_to_a_ping()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                PingInterval = TimeSpan.FromMilliseconds(10),
                PongTimeout = TimeSpan.FromMilliseconds(50),
            }
        );
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Reconnecting");
        Assert.Contains(running.Sink.Reasons, reason => reason.Contains("ping", StringComparison.Ordinal));
        await (await server.AcceptAsync()).WelcomeAsync();
        await running.Sink.UntilAsync("Online");
    }

    [Fact]
    public async Task Pings_that_are_answered_keep_the_connection()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                PingInterval = TimeSpan.FromMilliseconds(5),
            }
        );
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        for (var ping = 0; ping < 10; ping++)
            await connection.AnswerAsync();

        await connection.PostedAsync(1);
        Assert.Equal(["Connecting", "gap", "Online", "posted 1"], await running.Sink.UntilAsync("posted 1"));
    }

    [Fact]
    public async Task A_server_that_never_sends_hello_is_disconnected()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink(),
            RunningConnection.Quick with
            {
                HelloTimeout = TimeSpan.FromMilliseconds(50),
            }
        );
        await (await server.AcceptAsync()).ReceiveAsync();
        Assert.Equal(["Connecting", "Reconnecting"], await running.Sink.UntilAsync("Reconnecting"));
        Assert.Contains(running.Sink.Reasons, reason => reason.Contains("authentication", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_frame_that_is_no_json_is_reported_and_the_connection_opened_again()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(server.BaseUri, new RecordingSink());
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync(ProtocolDriver.OneId);
        await connection.SendAsync(ProtocolDriver.PostedFrame(1)[..40]);
        await running.Sink.UntilAsync("Reconnecting");
        Assert.Contains(
            running.Sink.Reasons,
            reason => reason.Contains("not a complete JSON message", StringComparison.Ordinal)
        );
        var next = await server.AcceptAsync();
        await next.PostedAsync(1);
        Assert.Equal(["Connecting", "resumed", "Online", "posted 1"], await running.Sink.UntilAsync("posted 1"));
    }

    [Fact]
    public async Task What_a_sink_throws_ends_the_run()
    {
        var failure = new InvalidDataException("store");
        await using var server = await LoopbackServer.StartAsync();
        await using var running = new RunningConnection(
            server.BaseUri,
            new RecordingSink { OnEvent = (_, _) => throw failure }
        );
        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await connection.PostedAsync(1);
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidDataException>(() => running.Run.InTime()));
        Assert.Equal(["Connecting", "gap", "Online", "Stopped"], await running.Sink.UntilAsync("Stopped"));
    }
}
