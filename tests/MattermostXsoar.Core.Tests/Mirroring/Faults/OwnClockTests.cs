using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>The clock of the machine that mirrors is set.</summary>
[Trait("Category", "Fault")]
public sealed class OwnClockTests(ITestOutputHelper output)
{
    private readonly JumpingClock _clock = new();

    [Theory]
    [InlineData(60, 60)]
    [InlineData(-60, -60)]
    [InlineData(60, -60)]
    [InlineData(-60, 0)]
    [InlineData(-60 * 24 * 365, 60 * 24 * 365)]
    public async Task It_jumps_while_messages_are_mirrored(int first, int second)
    {
        await using var scene = await FaultScene.StartAsync(output, clock: _clock);
        await scene.RunAsync(To(first), To(second));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task It_jumps_while_deliveries_wait_to_be_tried_again(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output, clock: _clock);
        var later = TimeProvider.System.GetUtcNow().AddSeconds(2).ToString("R");
        scene.OnEntry(FaultKind.Status, count: 4, skip: 10, status: 503);
        scene.OnEntry(FaultKind.Status, count: 2, skip: 30, status: 503, retryAfter: later);
        scene.OnEntry(FaultKind.ActThenDrop, skip: 60);
        scene.OnPost(FaultKind.Status, count: 4, skip: 10, status: 503);
        scene.OnPost(FaultKind.Status, count: 2, skip: 30, status: 429, retryAfter: "1", reset: "1");
        scene.OnPost(FaultKind.ActThenDrop, skip: 60);
        await scene.RunAsync(To(minutes), To(0), To(minutes), To(0));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task It_jumps_while_the_connection_is_gone(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output, clock: _clock);
        await scene.RunAsync(
            () =>
            {
                scene.Sandbox.CutWebSockets();
                return To(minutes)();
            },
            () =>
            {
                scene.Sandbox.CutWebSockets();
                return To(0)();
            }
        );
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task It_jumps_while_the_listener_restarts(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output, clock: _clock);
        await scene.RunAsync(async () =>
        {
            await scene.Harness.Service.StopListenerAsync();
            await To(minutes)();
            await scene.Harness.NewServiceAsync();
            await scene.Harness.Service.StartListenerAsync(scene.Harness.Token);
        });
    }

    /// <summary>Eight days ahead it finds everything older than a week; set right again, the readings come to what was
    /// forgotten.</summary>
    [Fact]
    public async Task It_was_days_ahead_and_nothing_that_is_still_needed_was_forgotten()
    {
        await using var scene = await FaultScene.StartAsync(output, clock: _clock);
        var harness = scene.Harness;
        var edited = scene.Sandbox.Mattermost.Post("user1", "incident-1", "said before");
        var editedEntry = scene.Sandbox.Xsoar.AddEntry("1", "jane", "said before");
        await scene.Traffic.TalkAsync();
        await harness.Service.SynchronizeAsync(null, harness.Token);
        foreach (var days in new[] { 8, 0 })
        {
            await harness.Service.StopListenerAsync();
            _clock.Skew = TimeSpan.FromDays(days);
            await harness.NewServiceAsync();
            await harness.Service.StartListenerAsync(harness.Token);
            await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
            await harness.Service.SynchronizeAsync(null, harness.Token);
        }

        await scene.Traffic.AccountAsync();
        scene.Sandbox.Mattermost.Edit(edited.Id, "edited since");
        scene.Sandbox.Xsoar.EditEntry(editedEntry.Id, "edited since");
        await harness.WarRoomAsync(lines => lines.Contains("edited since"));
        await harness.ChatAsync(
            "incident-1",
            lines => lines.Contains("edited since") && !lines.Contains("said before")
        );
    }

    [Fact]
    public async Task The_waiting_time_of_a_delivery_is_never_negative()
    {
        await using var scene = await FaultScene.StartAsync(output, clock: _clock);
        var fault = scene.OnEntry(FaultKind.Status, count: 1_000_000, status: 503);
        scene.Sandbox.Mattermost.Post("user1", "incident-1", "user1 00000");
        await scene.Harness.MirrorIsAsync(mirror => mirror is { Pending: 1, LastError: not null });
        _clock.Skew = TimeSpan.FromHours(-1);
        Assert.Equal(TimeSpan.Zero, (await scene.Harness.MirrorIsAsync(mirror => mirror.Pending == 1)).Lag);
        _clock.Skew = TimeSpan.FromHours(1);
        Assert.True((await scene.Harness.MirrorIsAsync(mirror => mirror.Pending == 1)).Lag >= TimeSpan.FromMinutes(59));
        scene.Sandbox.Faults.Remove(fault.Id);
        await scene.Harness.WarRoomAsync(lines => lines.Count == 1);
        var tally = Tally.Of(["user1 00000"], scene.Harness.MirroredInWarRoom());
        output.WriteLine($"chat to War Room: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
    }

    private Func<Task> To(int minutes) => FaultScene.Then(() => _clock.Skew = TimeSpan.FromMinutes(minutes));
}
