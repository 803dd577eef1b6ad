using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>Frames of the websocket that come in another order, late, or as something else.</summary>
[Trait("Category", "Fault")]
public sealed class FrameTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_change_places(bool reliable) =>
        await RunAsync(reliable, FaultKind.WebSocketReorder, default);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_are_late(bool reliable) =>
        await RunAsync(reliable, FaultKind.WebSocketDelay, TimeSpan.FromMilliseconds(400));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_are_garbage(bool reliable) =>
        await RunAsync(reliable, FaultKind.WebSocketGarbage, default);

    [Fact]
    public async Task All_websockets_are_frozen_while_the_servers_answer()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.FreezeWebSockets();
            await scene.Harness.Service.WaitListenerAsync(ListenerState.Reconnecting, scene.Harness.Token);
            scene.Sandbox.Thaw();
        });
    }

    private async Task RunAsync(bool reliable, FaultKind kind, TimeSpan delay)
    {
        await using var scene = await FaultScene.StartAsync(
            output,
            new SandboxOptions { ReliableWebSockets = reliable }
        );
        for (var i = 0; i < 6; i++)
            scene.Sandbox.Faults.Add(
                new Fault
                {
                    Server = "mattermost",
                    PathPattern = FaultScene.Frames,
                    Kind = kind,
                    Delay = delay,
                    Skip = 25 * i,
                }
            );
        await scene.RunAsync();
    }
}
