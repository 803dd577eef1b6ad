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
    };

    [Fact]
    public async Task With_reliable_websockets_no_message_is_lost_or_doubled_however_often_the_connection_breaks()
    {
        await using var bot = await ListeningBot.StartAsync(new SandboxOptions { ReliableWebSockets = true });
        var next = 1;
        for (var round = 0; round < 10; round++)
        {
            for (var line = 0; line < 10; line++)
                bot.Write(next++);

            bot.Sandbox.CutWebSockets();
            for (var line = 0; line < 10; line++)
                bot.Write(next++);

            await bot.HasReadAsync(next - 1);
        }

        Assert.Equal(Enumerable.Range(1, 200), bot.Messages);
        Assert.Equal(1, bot.Gaps);
    }

    [Fact]
    public async Task Without_them_the_gap_is_reported_before_the_first_message_of_the_new_connection()
    {
        await using var bot = await ListeningBot.StartAsync();
        bot.Write(1);
        await bot.HasReadAsync(1);
        bot.Sandbox.CutWebSockets();
        await bot.HasGapsAsync(2);
        bot.Write(2);
        await bot.HasReadAsync(2);
        Assert.Equal(["gap", "1", "gap", "2"], bot.Log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_restart_it_reconnects_by_itself_and_reports_the_gap(bool reliable)
    {
        await using var bot = await ListeningBot.StartAsync(new SandboxOptions { ReliableWebSockets = reliable });
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

    /// <summary>A sandbox, and a bot in one of its channels that listens.</summary>
    private sealed class ListeningBot : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly MattermostClient _client;
        private readonly Task _run;
        private readonly List<string> _log = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private ListeningBot(SandboxServer sandbox)
        {
            Sandbox = sandbox;
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
                OnEvent = (e, _) =>
                {
                    if (e is { Event: "posted", Post: { IsSystem: false } post })
                        Add(post.Message);

                    return Task.CompletedTask;
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

        public int Gaps => Log.Count(entry => entry == "gap");

        public IEnumerable<int> Messages =>
            Log.Where(entry => entry != "gap").Select(entry => int.Parse(entry, CultureInfo.InvariantCulture));

        public static async Task<ListeningBot> StartAsync(SandboxOptions? options = null)
        {
            var bot = new ListeningBot(await SandboxServer.StartAsync(options));
            await bot.HasGapsAsync(1);
            return bot;
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
    }
}
