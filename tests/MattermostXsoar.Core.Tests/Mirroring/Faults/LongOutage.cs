using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>
/// A fault that lasts for minutes, with the waits of real use on a clock on which two minutes take a second. The clock
/// has to run with the machine's: what is counted is how often a server is called in a time.
/// </summary>
internal static class LongOutage
{
    private const double Speed = 120;

    public static async Task RunAsync(ITestOutputHelper output, Fault fault, TimeSpan time)
    {
        var clock = new FastClock(Speed);
        await using var scene = await FaultScene.StartAsync(
            output,
            new SandboxOptions { TimeProvider = clock },
            MirrorHarness.FastDeadline,
            new MirrorOptions(),
            clock
        );
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Faults.Add(fault);
            var mirror = await scene.Harness.MirrorIsAsync(found => found.LastError is not null);
            output.WriteLine(mirror.LastError!);
            var before = scene.Sandbox.Calls.Total;
            await clock.PassAsync(time, scene.Harness.Token);
            var calls = scene.Sandbox.Calls.Total - before;
            output.WriteLine($"{calls} calls in {time.TotalMinutes} minutes");
            // One mirror: the search, two sides that read and two that deliver, each at most every 7.5 seconds in the
            // end, where reading is four tries of the HTTP layer. More means that somebody does not wait.
            Assert.InRange(calls, 1, (long)(time.TotalSeconds / 7.5 * 14) + 60);
            Assert.NotNull((await scene.Harness.MirrorIsAsync(_ => true)).LastError);
            scene.Sandbox.Faults.Clear();
        });
        await scene.Harness.MirrorIsAsync(found => found is { Pending: 0, Failed: 0, LastError: null });
    }
}
