using System.Globalization;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The bot listens to a whole server that fails in the ways a server fails.</summary>
[Trait("Category", "Fault")]
public sealed class RealtimeSandboxTests
{
    private static readonly RealtimeOptions Options = RunningConnection.Quick with
    {
        PingInterval = TimeSpan.FromMilliseconds(100),
        PongTimeout = TimeSpan.FromMilliseconds(400),
        StableAfter = TimeSpan.Zero,
        // A server that stops may leave a connection that it had not accepted yet without any answer.
        ConnectTimeout = TimeSpan.FromSeconds(2),
    };

    private static readonly SandboxOptions Today = new() { MattermostVersion = "11.6.0" };

    [Theory]
    [InlineData("5.37.0")]
    [InlineData("11.6.0")]
    public async Task With_reliable_websockets_no_message_is_lost_or_doubled_however_often_the_connection_breaks(
        string version
    )
    {
        await using var bot = await ListeningBot.StartAsync(
            new SandboxOptions { MattermostVersion = version, ReliableWebSockets = true }
        );
        var next = 1;
        for (var round = 0; round < 10; round++)
        {
            for (var line = 0; line < 10; line++)
                bot.Write(next++);

            var back = await bot.CutOffAsync();
            for (var line = 0; line < 10; line++)
                bot.Write(next++);

            back();
            await bot.HasReadAsync(next - 1);
        }

        Assert.Equal(Enumerable.Range(1, 200), bot.Messages);
        Assert.Equal(1, bot.Gaps);
    }

    [Fact]
    public async Task Without_them_the_gap_is_reported_before_the_first_message_of_the_new_connection()
    {
        await using var bot = await ListeningBot.StartAsync(new SandboxOptions { MattermostVersion = "5.37.0" });
        bot.Write(1);
        await bot.HasReadAsync(1);
        bot.Sandbox.CutWebSockets();
        await bot.HasGapsAsync(2);
        bot.Write(2);
        await bot.HasReadAsync(2);
        Assert.Equal(["gap", "1", "gap", "2"], bot.Log);
    }

    [Theory]
    [InlineData("5.37.0")]
    [InlineData("11.6.0")]
    public async Task After_a_restart_it_reconnects_by_itself_and_reports_the_gap(string version)
    {
        await using var bot = await ListeningBot.StartAsync(new SandboxOptions { MattermostVersion = version });
        bot.Write(1);
        await bot.HasReadAsync(1);
        await bot.Sandbox.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await bot.HasGapsAsync(2);
        bot.Write(2);
        await bot.HasReadAsync(2);
        Assert.Equal(["gap", "1", "gap", "2"], bot.Log);
    }

    [Fact]
    public async Task Frames_that_the_server_drops_are_a_gap_before_the_next_message()
    {
        await using var bot = await ListeningBot.StartAsync();
        bot.Write(1);
        await bot.HasReadAsync(1);
        bot.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.WebSocketDropFrames,
                PathPattern = "^posted$",
                Count = 2,
            }
        );
        bot.Write(2);
        bot.Write(3);
        bot.Write(4);
        await bot.HasReadAsync(4);
        Assert.Equal(["gap", "1", "gap", "4"], bot.Log);
    }

    [Fact]
    public async Task Frames_that_the_server_doubles_are_read_once()
    {
        await using var bot = await ListeningBot.StartAsync();
        bot.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.WebSocketDuplicate,
                PathPattern = "^posted$",
                Count = 20,
            }
        );
        for (var line = 1; line <= 20; line++)
            bot.Write(line);

        await bot.HasReadAsync(20);
        Assert.Equal(Enumerable.Range(1, 20), bot.Messages);
        Assert.Equal(1, bot.Gaps);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_disconnected_and_connected_to_again_when_it_answers()
    {
        await using var bot = await ListeningBot.StartAsync();
        bot.Sandbox.FreezeWebSockets();
        await bot.Sink.UntilAsync("Reconnecting");
        bot.Sandbox.Thaw();
        await bot.HasGapsAsync(2);
        bot.Write(1);
        await bot.HasReadAsync(1);
    }

    [Fact]
    public async Task A_revoked_token_is_reported_once_the_connection_breaks_and_recovers_when_it_is_restored()
    {
        await using var bot = await ListeningBot.StartAsync();
        Assert.True(bot.Sandbox.Mattermost.RevokeToken(bot.Sandbox.BotToken));
        bot.Sandbox.CutWebSockets();
        await bot.Sink.UntilAsync("TokenRejected");
        Assert.Contains(bot.Sink.Reasons, reason => reason.Contains("Bot Access Token", StringComparison.Ordinal));
        Assert.DoesNotContain(
            bot.Sink.Reasons,
            reason => reason.Contains(bot.Sandbox.BotToken, StringComparison.Ordinal)
        );
        bot.Sandbox.Mattermost.RestoreToken(bot.Sandbox.BotToken, "xsoarbot");
        await bot.Sink.UntilAsync("Online");
        bot.Write(1);
        await bot.HasReadAsync(1);
    }

    // ws-session-token-revoked.json, -bot-disabled.json, -token-revoked-then-resumed.json of 11.6.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_falls_silent_because_its_token_was_taken_away_is_noticed_and_not_resumed(
        bool disablesBot
    )
    {
        await using var bot = await ListeningBot.StartAsync(
            Today with
            {
                UnauthenticatedTimeout = TimeSpan.FromHours(1),
            }
        );
        var world = bot.Sandbox.Mattermost;
        bot.Write(1);
        await bot.HasReadAsync(1);
        if (disablesBot)
            world.SetActive("xsoarbot", false);
        else
            Assert.True(world.RevokeToken(bot.Sandbox.BotToken));
        bot.Write(2);
        await bot.Sink.UntilAsync("TokenRejected");
        Assert.Equal(["gap", "1"], bot.Log);
        if (disablesBot)
            world.SetActive("xsoarbot", true);
        else
            world.RestoreToken(bot.Sandbox.BotToken, "xsoarbot");
        Assert.DoesNotContain("resumed", await bot.Sink.UntilAsync("Online"));
        bot.Write(3);
        await bot.HasReadAsync(3);
        Assert.Equal(["gap", "1", "gap", "3"], bot.Log);
        Assert.All(bot.Upgrades, static query => Assert.Equal("", query));
    }

    // ws-session-resume-race-posts.json of 11.6.
    [Fact]
    public async Task An_event_that_is_lost_in_the_moment_of_a_resume_shows_in_no_number_but_the_resume_is_reported()
    {
        await using var bot = await ListeningBot.StartAsync(Today);
        bot.Write(1);
        await bot.HasReadAsync(1);
        bot.Sandbox.Faults.Add(new Fault { Kind = FaultKind.WebSocketLoseAtResume, PathPattern = "^posted$" });
        var back = await bot.CutOffAsync();
        bot.Write(2);
        bot.Write(3);
        back();
        await bot.HasReadAsync(3);
        Assert.Equal(["gap", "1", "3"], bot.Log);
        await bot.Sink.UntilAsync("resumed");
    }

    // ws-session-resume-256-events.json of 11.6.
    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, 1)]
    public async Task What_the_server_keeps_while_away_is_resumed_and_more_is_a_gap(int missed, int gaps)
    {
        await using var bot = await ListeningBot.StartAsync(Today);
        var back = await bot.CutOffAsync();
        for (var line = 1; line <= missed; line++)
            bot.Write(line);
        back();
        await bot.Sink.UntilAsync("Online", times: 2);
        bot.Write(1000);
        await bot.HasReadAsync(1000);
        Assert.Equal(1 + gaps, bot.Gaps);
        Assert.Equal(gaps == 0 ? missed + 1 : 1, bot.Messages.Count());
    }

    // ws-session-slow-reader-large.json of 11.6: what waits is sent, then the connection ends with 1005.
    [Fact]
    public async Task A_reader_that_is_too_slow_is_closed_without_a_status_and_the_rest_is_a_gap()
    {
        await using var bot = await ListeningBot.StartAsync(Today with { WebSocketBacklog = 256 });
        var text = new string('x', 15_000);
        using (bot.Hold())
        {
            for (var line = 1; line <= 700; line++)
                bot.Sandbox.Mattermost.Post("user1", "test", text);
        }

        await bot.HasGapsAsync(2);
        bot.Write(1);
        await bot.HasReadAsync(1);
        // What the system still had to send may be gone with the socket, and the close frame with it: then the resume is
        // tried, and the server no longer knows the connection.
        if (bot.Sink.Reasons.Any(reason => reason.Contains("too slowly", StringComparison.Ordinal)))
            Assert.All(bot.Upgrades, static query => Assert.Equal("", query));
        else
            Assert.Contains(bot.Sink.Reasons, reason => reason.Contains("was lost", StringComparison.Ordinal));
    }

    // ws-session-resume-while-old-still-open.json and -network-cut.json of 11.6.
    [Fact]
    public async Task A_silent_connection_that_the_server_takes_for_open_is_not_resumed()
    {
        await using var bot = await ListeningBot.StartAsync(Today);
        bot.Sandbox.FreezeWebSockets();
        await bot.Sink.UntilAsync("Reconnecting");
        bot.Write(1);
        bot.Sandbox.Thaw();
        await bot.HasGapsAsync(2);
        bot.Write(2);
        await bot.HasReadAsync(2);
        Assert.All(bot.Upgrades, static query => Assert.Equal("", query));
    }

    /// <summary>A sandbox, and a bot in one of its channels that listens.</summary>
    private sealed class ListeningBot : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly MattermostClient _client;
        private readonly Task _run;
        private readonly List<string> _log = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private ListeningBot(SandboxServer sandbox)
        {
            Sandbox = sandbox;
            _held.SetResult();
            var environment = new ClientEnvironment();
            _client = MattermostClient.Create(
                sandbox.MattermostUri,
                new AccessToken(sandbox.BotToken, environment.Redactor),
                TokenRole.Bot,
                new TransportOptions(),
                environment
            );
            Sink = new RecordingSink
            {
                OnEvent = async (e, _) =>
                {
                    await _held.Task;
                    if (e is { Event: "posted", Post: { IsSystem: false, Message.Length: < 10 } post })
                        Add(post.Message);
                },
                OnGap = () => Add("gap"),
            };
            _run = new RealtimeConnection(
                _client.BaseUri,
                _client.Token,
                _client.Transport,
                environment,
                _client.Users.GetMeAsync,
                Options
            ).RunAsync(Sink, _stop.Token);
        }

        public SandboxServer Sandbox { get; }

        public RecordingSink Sink { get; }

        /// <summary>Gaps and the numbers of messages, in order.</summary>
        public IReadOnlyList<string> Log
        {
            get
            {
                lock (_log)
                    return [.. _log];
            }
        }

        /// <summary>The parameters of all websockets that were opened.</summary>
        public IEnumerable<string> Upgrades =>
            Sandbox.Calls.Where(call => call.Path == "/api/v4/websocket").Select(call => call.Query);

        public int Gaps => Log.Count(entry => entry == "gap");

        public IEnumerable<int> Messages =>
            Log.Where(entry => entry != "gap").Select(entry => int.Parse(entry, CultureInfo.InvariantCulture));

        public static async Task<ListeningBot> StartAsync(SandboxOptions? options = null)
        {
            var bot = new ListeningBot(await SandboxServer.StartAsync(options));
            await bot.HasGapsAsync(1);
            return bot;
        }

        /// <summary>
        /// Ends the connection and lets none be opened until what is returned is called: a server that has not noticed
        /// yet resumes nothing.
        /// </summary>
        public async Task<Action> CutOffAsync()
        {
            var refusal = Sandbox.Faults.Add(
                new Fault
                {
                    Kind = FaultKind.Status,
                    Status = 503,
                    PathPattern = "/websocket$",
                    Count = int.MaxValue,
                    MayNotHappen = "the bot may come back only when it is over",
                }
            );
            Sandbox.CutWebSockets();
            await Sandbox.Mattermost.WhenConnectionsAsync(static count => count == 0).InTime();
            return () => Sandbox.Faults.Remove(refusal.Id);
        }

        /// <summary>The bot reads no further until this is disposed.</summary>
        public IDisposable Hold()
        {
            var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held = held;
            return new Release(held);
        }

        public void Write(int line) =>
            Sandbox.Mattermost.Post("user1", "test", line.ToString(CultureInfo.InvariantCulture));

        public Task HasReadAsync(int message) => WhenAsync(() => Messages.Contains(message));

        public Task HasGapsAsync(int count) => WhenAsync(() => Gaps >= count);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run.InTime().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _client.Dispose();
            await Sandbox.DisposeAsync();
            _stop.Dispose();
        }

        private async Task WhenAsync(Func<bool> condition)
        {
            while (true)
            {
                Task changed;
                lock (_log)
                    changed = _changed.Task;

                if (condition())
                    return;

                await changed.InTime();
            }
        }

        private void Add(string entry)
        {
            TaskCompletionSource changed;
            lock (_log)
            {
                _log.Add(entry);
                changed = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
        }

        private sealed class Release(TaskCompletionSource held) : IDisposable
        {
            public void Dispose() => held.TrySetResult();
        }
    }
}
