using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What many quiet mirrors cost XSOAR, by a clock that the test moves and the calls that the sandbox
/// counts.</summary>
public sealed class PollingTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Mirrors = 1000;
    private const string Search = "/incidents/search$";
    private const string Room = "/investigation/";

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));
    private readonly TemporaryFolder _folder = new();
    private SandboxServer _sandbox = null!;
    private WaitingTime _time = null!;
    private MattermostClient _bot = null!;
    private XsoarClient _xsoar = null!;
    private StateStore _store = null!;
    private MirrorContext _context = null!;
    private MirrorSupervisor _supervisor = null!;
    private InvestigationPoller _poller = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        // Days after everything that was written when the investigations were made.
        _time = new WaitingTime(TimeProvider.System.GetUtcNow().AddDays(3));
        var environment = new ClientEnvironment { TimeProvider = _time };
        _bot = MattermostClient.Create(
            _sandbox.MattermostUri,
            new AccessToken(_sandbox.BotToken, environment.Redactor),
            TokenRole.Bot,
            new TransportOptions(),
            environment
        );
        _xsoar = XsoarClient.Create(
            _sandbox.XsoarUri,
            new AccessToken(_sandbox.XsoarApiKey, environment.Redactor),
            _sandbox.XsoarApiKeyId,
            new TransportOptions(),
            environment
        );
        var me = await _bot.Users.GetMeAsync(_deadline.Token);
        _store = StateStore.Open(_folder.File("state.db"), me.Id, _time);
        // An earlier listener found out that the search shows new entries.
        await _store.KeepAsync(
            "incident-search",
            $"Reliable {_time.GetUtcNow().ToUnixTimeSeconds()} {_xsoar.BaseUri.AbsoluteUri}"
        );
        _context = new MirrorContext
        {
            Mattermost = new MattermostAccess
            {
                Bot = _bot,
                Personal = _bot,
                BotUser = me,
                PersonalUser = me,
                Users = new UserCache(_bot, _time),
            },
            Xsoar = new XsoarAccess { Configured = _xsoar, LinkTo = _ => _sandbox.XsoarUri },
            Directory = new XsoarUserDirectory(_xsoar, _bot, _time),
            Store = _store,
            Runtime = new MirrorRuntime { Time = _time, Random = () => 0.5 },
        };
        _supervisor = new MirrorSupervisor(_context);
        _poller = new InvestigationPoller(_context.Xsoar, _context.Store, _context.Runtime, () => _supervisor.All);
        _supervisor.Starting += worker => worker.WarRoom.Found += recorded => _poller.NoteFound(worker, recorded);
    }

    public async ValueTask DisposeAsync()
    {
        await _supervisor.StopAllAsync();
        _store.Dispose();
        _bot.Dispose();
        _xsoar.Dispose();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
        _deadline.Dispose();
    }

    /// <summary>
    /// Over more than the 2000 seconds after which each War Room's own reading comes round, when mirrors that were
    /// started together would be read together.
    /// </summary>
    [Fact]
    public async Task A_thousand_idle_mirrors_cost_at_most_one_request_a_second_and_each_is_read_now_and_then()
    {
        var ids = Enumerable.Range(0, Mirrors).Select(i => _sandbox.Xsoar.CreateIncident($"case {i}")).ToList();
        await MirrorAsync(ids);
        await SettleAsync();

        // Until the readings come round a coarser step will do, which makes the searches only fewer.
        var perMinute = new List<int>();
        for (var minute = 0; minute < 72; minute++)
        {
            var steps = minute is >= 30 and < 36 ? 12 : 3;
            var (before, searches) = (_sandbox.Calls.CountOf("xsoar"), _sandbox.Calls.CountOf("xsoar", "POST", Search));
            for (var step = 0; step < steps; step++)
                await StepAsync(TimeSpan.FromSeconds(60.0 / steps));
            Assert.Equal(steps, _sandbox.Calls.CountOf("xsoar", "POST", Search) - searches);
            perMinute.Add(_sandbox.Calls.CountOf("xsoar") - before + 12 - steps);
        }

        output.WriteLine(
            $"{Mirrors} mirrors, requests to XSOAR in each simulated minute: {string.Join(' ', perMinute)}"
        );
        Assert.All(perMinute, requests => Assert.InRange(requests, 1, 60));
        var read = _sandbox
            .Calls.Where(call => call.Path.Contains(Room, StringComparison.Ordinal))
            .Select(call => call.Path[(call.Path.LastIndexOf('/') + 1)..])
            .ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(ids, id => !read.Contains(id));
    }

    [Fact]
    public async Task Only_the_War_Room_in_which_something_happened_is_read()
    {
        var ids = Enumerable.Range(0, 50).Select(i => _sandbox.Xsoar.CreateIncident($"case {i}")).ToList();
        await MirrorAsync(ids);
        await SettleAsync();
        _sandbox.Xsoar.AddEntry(ids[7], "jane", "news");
        await StepAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _sandbox.Calls.CountOf("xsoar", "POST", Search));
        Assert.Equal(
            [ids[7]],
            _sandbox
                .Calls.Where(call => call.Path.Contains(Room, StringComparison.Ordinal))
                .Select(call => call.Path[(call.Path.LastIndexOf('/') + 1)..])
                .Distinct()
        );
    }

    [Fact]
    public async Task The_searches_become_rarer_while_nothing_happens_and_come_at_once_when_something_does()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token);
        _time.ForgetWaits();
        var running = _poller.RunAsync(stopping.Token);
        var waits = new List<int>();
        for (var i = 0; i < 8; i++)
            waits.Add(await WaitOutAsync());
        Assert.Equal([750, 1125, 1687, 2531, 3796, 5000, 5000, 5000], waits);

        // It waits for five seconds now; the clock does not move, and the next wait is the short one.
        await _time.NextWaitAsync(_deadline.Token);
        _poller.NoteActivity();
        Assert.Equal(0.5, (await _time.NextWaitAsync(_deadline.Token)).TotalSeconds);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task<int> WaitOutAsync()
    {
        var wait = await _time.NextWaitAsync(_deadline.Token);
        _time.Advance(wait);
        return (int)wait.TotalMilliseconds;
    }

    // What is read at the start is no part of it: each War Room by its mirror, by the first search, once more because
    // both asked, and once the whole overlap when that is ten seconds ago.
    private async Task SettleAsync()
    {
        await StepAsync(TimeSpan.Zero);
        foreach (var loop in _supervisor.All)
            await loop.WarRoom.WhenReadAsync(loop.WarRoom.NoteChange(), _deadline.Token);
        _sandbox.Calls.Clear();
        _time.Advance(TimeSpan.FromSeconds(30));
        await _sandbox.Calls.WaitForAsync(
            call => call.Path.Contains(Room, StringComparison.Ordinal),
            _supervisor.All.Count,
            _deadline.Token
        );
        await StepAsync(TimeSpan.Zero);
        _sandbox.Calls.Clear();
    }

    // As the poller itself does at each of its intervals: one search, and what it calls for; and until all of that is
    // done the clock does not move.
    private async Task StepAsync(TimeSpan step)
    {
        _time.Advance(step);
        await _poller.PollAsync(_deadline.Token);
        foreach (var worker in _supervisor.All)
            await worker.WarRoom.WhenReadAsync(worker.WarRoom.NewestReading, _deadline.Token);
    }

    private async Task MirrorAsync(IEnumerable<string> investigationIds)
    {
        _sandbox.XsoarClockSkew = TimeSpan.FromDays(3);
        _sandbox.Mattermost.AddMember("test", "xsoarbot");
        var channel = _sandbox.Mattermost.Channel("test");
        foreach (var id in investigationIds)
        {
            await _store.SaveMirrorAsync(
                new MirrorRecord
                {
                    InvestigationId = id,
                    ChannelId = channel.Id,
                    ChannelName = "test",
                    TeamId = channel.TeamId,
                    TeamName = "panw",
                    Type = MirrorType.All,
                    Direction = MirrorDirection.FromDemisto,
                    State = MirrorState.Active,
                    StateSince = _time.GetUtcNow(),
                    WarRoomCursor = _time.GetUtcNow().UtcTicks,
                    WarRoomSince = _time.GetUtcNow().UtcTicks,
                },
                []
            );
        }

        await _supervisor.RefreshAsync();
    }
}
