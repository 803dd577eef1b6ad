using System.Net.WebSockets;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The real waits, on a clock that the test moves on.</summary>
public sealed class RealtimeConnectionClockTests : IDisposable
{
    // The deadline of a connection attempt is a timer too: this distinguishes it from the waits in between.
    private static readonly RealtimeOptions Options = new()
    {
        ConnectTimeout = TimeSpan.FromDays(2),
        TokenCheckTimeout = TimeSpan.FromDays(2),
    };

    private readonly SignallingTimeProvider _time = new();
    private readonly RecordingSink _sink = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    [Fact]
    public async Task Without_a_server_it_tries_for_ever_at_growing_distances()
    {
        var run = Start((_, _) => throw new WebSocketException("refused"));
        var waits = new List<double>();
        for (var attempt = 0; attempt < 12; attempt++)
            waits.Add(await PassAsync());

        Assert.Equal([0.3, 0.75, 1.5, 3, 6, 12, 22.5, 22.5, 22.5, 22.5, 22.5, 22.5], waits);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.InTime());
    }

    [Fact]
    public async Task An_attempt_that_leads_nowhere_is_given_up()
    {
        var attempts = 0;
        var run = Start(
            (_, cancellationToken) =>
            {
                Interlocked.Increment(ref attempts);
                return new TaskCompletionSource<WebSocket>().Task.WaitAsync(cancellationToken);
            },
            options: new RealtimeOptions()
        );
        await _time.WaitAsync(wait => wait == TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(20));
        await _sink.UntilAsync("Reconnecting");
        Assert.Contains("within 20 s", Assert.Single(_sink.Reasons), StringComparison.Ordinal);
        Assert.Equal(1, attempts);
        Assert.False(run.IsCompleted);
    }

    [Fact]
    public async Task An_attempt_that_cannot_even_be_cancelled_is_left_behind_and_what_it_brings_is_thrown_away()
    {
        var late = new TaskCompletionSource<WebSocket>();
        var run = Start((_, _) => late.Task);
        await _sink.UntilAsync("Connecting");
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.InTime());
        using var socket = WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions());
        late.SetResult(socket);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task A_refused_token_is_asked_about_once_a_minute_until_it_is_accepted()
    {
        var refusals = 3;
        var attempts = 0;
        _ = Start(
            (_, _) =>
                Interlocked.Increment(ref attempts) == 1
                    ? throw new UpgradeRefusedException(401, null, null, new WebSocketException())
                    : throw new WebSocketException("refused"),
            _ =>
                refusals-- > 0
                    ? throw new ApiException(
                        ErrorIds.InvalidBotToken,
                        ErrorKind.Authentication,
                        "Invalid or expired session."
                    )
                    : Task.CompletedTask
        );
        Assert.Equal(60, await PassAsync());
        Assert.Equal(60, await PassAsync());
        Assert.Equal(60, await PassAsync());
        Assert.Equal(
            ["Connecting", "TokenRejected", "Connecting", "Reconnecting"],
            await _sink.UntilAsync("Reconnecting")
        );
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task The_first_attempt_after_a_good_connection_comes_quickly_again()
    {
        var attempts = 0;
        await using var server = await LoopbackServer.StartAsync();
        _ = Start(
            async (_, cancellationToken) =>
            {
                if (Interlocked.Increment(ref attempts) <= 3)
                    throw new WebSocketException("refused");

                var socket = new ClientWebSocket();
                await socket.ConnectAsync(RealtimeAddress.Of(server.BaseUri), cancellationToken);
                return socket;
            }
        );
        foreach (var expected in new[] { 0.3, 0.75, 1.5 })
            Assert.Equal(expected, await PassAsync());

        var connection = await server.AcceptAsync();
        await connection.WelcomeAsync();
        await _sink.UntilAsync("gap");
        _time.Advance(TimeSpan.FromSeconds(10));
        connection.Abort();
        await _sink.UntilAsync("Reconnecting");
        Assert.Equal(TimeSpan.FromSeconds(0.3), await _time.WaitAsync(wait => wait == TimeSpan.FromSeconds(0.3)));
    }

    [Fact]
    public async Task A_server_that_ends_each_connection_at_once_is_not_tried_without_pauses()
    {
        await using var server = await LoopbackServer.StartAsync();
        _ = Start(
            async (_, cancellationToken) =>
            {
                var socket = new ClientWebSocket();
                await socket.ConnectAsync(RealtimeAddress.Of(server.BaseUri), cancellationToken);
                return socket;
            }
        );
        foreach (var expected in new[] { 0.3, 0.75, 1.5, 3 })
        {
            var connection = await server.AcceptAsync();
            await connection.WelcomeAsync();
            await _sink.UntilAsync("gap");
            connection.Abort();
            await _sink.UntilAsync("Reconnecting");
            await _time.WaitAsync(wait => wait == TimeSpan.FromSeconds(expected));
            _time.Advance(TimeSpan.FromSeconds(expected));
        }
    }

    [Fact]
    public async Task It_cannot_run_twice_at_once_but_again_after_its_end()
    {
        var connection = new RealtimeConnection(
            new Uri("http://chat.example"),
            Token(),
            new TransportOptions(),
            new ClientEnvironment { TimeProvider = _time }
        )
        {
            Connect = (_, cancellationToken) => new TaskCompletionSource<WebSocket>().Task.WaitAsync(cancellationToken),
        };
        var first = connection.RunAsync(_sink, _stop.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            connection.RunAsync(new RecordingSink(), CancellationToken.None)
        );
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.InTime());
        using var again = new CancellationTokenSource();
        var second = connection.RunAsync(_sink, again.Token);
        await again.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.InTime());
    }

    private static AccessToken Token() => new(ProtocolDriver.Token, new SecretRedactor());

    private Task Start(
        Func<UpgradeRequest, CancellationToken, Task<WebSocket>> connect,
        Func<CancellationToken, Task>? checkToken = null,
        RealtimeOptions? options = null
    )
    {
        var environment = new ClientEnvironment { TimeProvider = _time, Random = () => 0.5 };
        return new RealtimeConnection(
            new Uri("http://chat.example"),
            Token(),
            new TransportOptions(),
            environment,
            checkToken,
            options ?? Options
        )
        {
            Connect = connect,
        }.RunAsync(_sink, _stop.Token);
    }

    /// <summary>Lets the next wait between attempts pass; returns its seconds.</summary>
    private async Task<double> PassAsync()
    {
        var wait = await _time.WaitAsync(wait => wait <= TimeSpan.FromMinutes(2) && wait > TimeSpan.Zero);
        _time.Advance(wait);
        return wait.TotalSeconds;
    }
}
