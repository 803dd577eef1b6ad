using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>Faults of all kinds at random; the seed is printed and can be given again (<see cref="TestSeed"/>).</summary>
[Trait("Category", "Fault")]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private static readonly FaultKind[] OnCalls =
    [
        FaultKind.ActThenDrop,
        FaultKind.Drop,
        FaultKind.CutBody,
        FaultKind.Status,
        FaultKind.RateLimit,
        FaultKind.Html,
        FaultKind.ActThenStall,
    ];

    private static readonly FaultKind[] OnFrames =
    [
        FaultKind.WebSocketCut,
        FaultKind.WebSocketDropFrames,
        FaultKind.WebSocketDuplicate,
    ];

    public static MatrixTheoryData<string, int> Seeds { get; } =
        new(["11.6.0", "5.37.0"], TestSeed.Several(2).Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Everything_goes_wrong(string version, int seed)
    {
        TestSeed.Write(seed);
        var random = new Random(seed);
        var options = new SandboxOptions
        {
            MattermostVersion = version,
            ReliableWebSockets = random.Next(2) == 0,
            RandomEntryIds = random.Next(2) == 0,
            EntriesTouchIncident = random.Next(2) == 0,
            FromTimeComparesModified = random.Next(2) == 0,
            WarRoomPageCap = random.Next(2) == 0 ? 50 : 1000,
            WarRoomPageCut =
                random.Next(2) == 0 ? Sandbox.Xsoar.WarRoomPageCut.NewestKept : Sandbox.Xsoar.WarRoomPageCut.OldestKept,
        };
        await using var scene = await FaultScene.StartAsync(
            output,
            options,
            TimeSpan.FromSeconds(1),
            MirrorHarness.Quick with
            {
                Sweep = TimeSpan.FromMilliseconds(300),
            }
        );
        await scene.RunAsync([
            .. Enumerable.Range(0, 15).Select<int, Func<Task>>(_ => () => DisturbAsync(scene, random)),
        ]);
    }

    private static Task DisturbAsync(FaultScene scene, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                return CutAsync(scene);
            case 1:
                return scene.Sandbox.RestartAsync(TimeSpan.FromMilliseconds(random.Next(300)));
            case 2:
                return RestartAsync(scene.Harness);
            case 3:
                scene.OnFrame(OnFrames[random.Next(OnFrames.Length)], random.Next(1, 4), random.Next(5));
                return Task.CompletedTask;
            case 4 or 5:
                scene.OnPost(OnCalls[random.Next(OnCalls.Length)], skip: random.Next(5));
                return Task.CompletedTask;
            default:
                scene.OnEntry(OnCalls[random.Next(OnCalls.Length)], skip: random.Next(5));
                return Task.CompletedTask;
        }
    }

    private static async Task CutAsync(FaultScene scene)
    {
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count > 0, scene.Harness.Token);
        scene.Sandbox.CutWebSockets();
    }

    private static async Task RestartAsync(MirrorHarness harness)
    {
        await harness.Service.CloseAsync();
        while (true)
        {
            try
            {
                await harness.NewServiceAsync();
                break;
            }
            catch (Errors.MattermostXsoarException)
            {
                // A session cannot be opened while a server misbehaves: the person tries again.
            }
        }

        await harness.Service.Listener.StartAsync(harness.Token);
    }
}
