using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Chat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What many quiet mirrors cost XSOAR, by a clock that the test moves and the calls that the sandbox counts.</summary>
public sealed class PollingTests(ITestOutputHelper output)
{
    private const int Mirrors = 1000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For long enough that each War Room's own reading comes round (2000 s), which is when mirrors that were started together
    /// would be read together.
    /// </summary>
    [Fact]
    public async Task A_thousand_idle_mirrors_cost_at_most_one_request_a_second()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var sandbox = await SandboxServer.StartAsync();
        using var folder = new TemporaryFolder();
        // The time of the servers' entries, which a War Room is read up to.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var environment = new ClientEnvironment { TimeProvider = time };
        using var bot = MattermostClient.Create(sandbox.MattermostUri, new AccessToken(sandbox.BotToken, environment.Redactor), TokenRole.Bot, new TransportOptions(), environment);
        using var xsoar = XsoarClient.Create(
            sandbox.XsoarUri, new AccessToken(sandbox.XsoarApiKey, environment.Redactor), sandbox.XsoarApiKeyId, new TransportOptions(), environment);
        var me = await bot.Users.GetMeAsync(deadline.Token);
        using var store = StateStore.Open(folder.File("state.db"), me.Id, time);
        sandbox.Mattermost.AddMember("test", "xsoarbot");
        for (var i = 0; i < Mirrors; i++)
            await store.SaveMirrorAsync(Mirror(sandbox, sandbox.Xsoar.CreateIncident($"case {i}"), time), []);
        var context = new MirrorContext
        {
            Bot = bot, Personal = bot, Xsoar = xsoar, Store = store, BotUser = me, PersonalUser = me, WarRoomLink = _ => sandbox.XsoarUri, Time = time,
            Random = () => 0.5, Users = new UserDirectory(bot, time),
        };
        var roster = new MirrorRoster(context);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        await roster.RefreshAsync();
        var watch = new InvestigationWatch(context, roster);
        var running = Task.WhenAll(watch.RunAsync(stopping.Token), new ChannelReconciler(context, roster).RunAsync(stopping.Token));
        var perMinute = new List<int>();
        try
        {
            // What is read at the start is no part of it; then it becomes quiet step by step.
            await sandbox.Calls.WaitForAsync(call => call.Server == "xsoar" && call.Path.Contains("/investigation/", StringComparison.Ordinal), Mirrors, deadline.Token);
            for (var step = 0; step < 24; step++)
                await StepAsync(time, watch, deadline.Token);
            for (var minute = 0; minute < 40; minute++)
            {
                var before = sandbox.Calls.CountOf("xsoar");
                for (var step = 0; step < 12; step++)
                    await StepAsync(time, watch, deadline.Token);
                perMinute.Add(sandbox.Calls.CountOf("xsoar") - before);
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await roster.StopAllAsync();
            await Task.WhenAny(running);
        }

        output.WriteLine($"{Mirrors} mirrors, requests to XSOAR in each simulated minute: {string.Join(' ', perMinute)}");
        Assert.All(perMinute, requests => Assert.InRange(requests, 1, 60));
        // The readings that come round are among them: it is not quiet because it sleeps.
        Assert.Contains(perMinute, requests => requests > 20);
    }

    // The next search comes after the idle interval; its answer is told by the time of the last poll.
    private static async Task StepAsync(FakeTimeProvider time, InvestigationWatch watch, CancellationToken cancellationToken)
    {
        var before = watch.LastPollAt;
        time.Advance(Step);
        while (watch.LastPollAt == before)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(1, cancellationToken);
        }
    }

    private static MirrorRecord Mirror(SandboxServer sandbox, string investigationId, TimeProvider time) => new()
    {
        InvestigationId = investigationId,
        ChannelId = sandbox.Mattermost.Channel("test").Id,
        ChannelName = "test",
        TeamId = sandbox.Mattermost.Channel("test").TeamId,
        TeamName = "panw",
        Type = MirrorType.All,
        Direction = MirrorDirection.FromDemisto,
        State = MirrorState.Active,
        StateSince = time.GetUtcNow(),
        WarRoomCursor = time.GetUtcNow().UtcTicks,
        WarRoomSince = time.GetUtcNow().UtcTicks,
    };
}
