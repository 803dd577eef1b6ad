using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>
/// A server's clock is set while people talk, forwards and back. Mattermost shows a channel by create_at, so that what
/// is posted after its clock was set back is among older posts there, whoever wrote it; what counts here is the order
/// in which messages arrived.
/// </summary>
[Trait("Category", "Fault")]
public sealed class ClockJumpTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(60)]
    [InlineData(-2)]
    [InlineData(-60)]
    public async Task The_clock_of_Mattermost_jumps(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output, byArrival: true);
        await scene.RunAsync(Mattermost(scene, minutes));
    }

    /// <summary>With ids that are numbers, and with random ones that show nothing of the order.</summary>
    [Theory]
    [InlineData(60, false)]
    [InlineData(60, true)]
    [InlineData(-2, false)]
    [InlineData(-2, true)]
    [InlineData(-60, false)]
    [InlineData(-60, true)]
    public async Task The_clock_of_XSOAR_jumps(int minutes, bool randomIds)
    {
        await using var scene = await FaultScene.StartAsync(output, new SandboxOptions { RandomEntryIds = randomIds });
        await SeenAsync(scene);
        await scene.RunAsync(Xsoar(scene, minutes));
    }

    [Theory]
    [InlineData(-60, 0, false)]
    [InlineData(-60, 0, true)]
    [InlineData(-2, 0, false)]
    [InlineData(-2, 0, true)]
    [InlineData(60, 0, false)]
    [InlineData(60, 0, true)]
    public async Task Both_clocks_jump_and_jump_again(int first, int second, bool randomIds)
    {
        // Few enough for one page: pages are read one after another, and the clock may be set between two.
        await using var scene = await FaultScene.StartAsync(
            harness => new Traffic(harness, output) { ByArrival = true, Messages = 25 },
            new SandboxOptions { RandomEntryIds = randomIds }
        );
        await SeenAsync(scene);
        await scene.RunAsync(
            Mattermost(scene, first),
            Xsoar(scene, first),
            () => SeenAsync(scene),
            Mattermost(scene, second),
            Xsoar(scene, second)
        );
    }

    /// <summary>The clock is set back while nothing is received from the channel: what was posted since has an earlier time
    /// than what is known of it.</summary>
    [Theory]
    [InlineData(-60)]
    [InlineData(-2)]
    public async Task The_clocks_are_set_back_in_a_gap(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output, byArrival: true);
        await scene.RunAsync(
            () =>
            {
                scene.Sandbox.CutWebSockets();
                scene.Sandbox.MattermostClockSkew = TimeSpan.FromMinutes(minutes);
                return Task.CompletedTask;
            },
            Xsoar(scene, minutes),
            () =>
            {
                scene.Sandbox.CutWebSockets();
                return Task.CompletedTask;
            }
        );
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(-2)]
    public async Task The_clocks_are_set_back_while_the_listener_restarts(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output, byArrival: true);
        await scene.RunAsync(async () =>
        {
            await scene.Harness.Service.StopListenerAsync();
            await Mattermost(scene, minutes)();
            await Xsoar(scene, minutes)();
            await scene.Harness.NewServiceAsync();
            await scene.Harness.Service.StartListenerAsync(scene.Harness.Token);
        });
    }

    // A War Room is polled: a clock that is set between two readings, before anything was read with its time, is not
    // noticed.
    private static Task SeenAsync(FaultScene scene)
    {
        var text = $"by the clock as it is now, {scene.Sandbox.Xsoar.Entries("1").Count}";
        scene.Sandbox.Xsoar.AddEntry("1", "jane", text);
        return scene.Harness.ChatAsync("incident-1", lines => lines.Contains(text));
    }

    private static Func<Task> Mattermost(FaultScene scene, int minutes) =>
        FaultScene.Then(() => scene.Sandbox.MattermostClockSkew = TimeSpan.FromMinutes(minutes));

    private static Func<Task> Xsoar(FaultScene scene, int minutes) =>
        FaultScene.Then(() => scene.Sandbox.XsoarClockSkew = TimeSpan.FromMinutes(minutes));
}
