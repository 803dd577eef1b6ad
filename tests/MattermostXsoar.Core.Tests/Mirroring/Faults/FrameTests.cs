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
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Frames_change_places(string version) =>
        await RunAsync(version, FaultKind.WebSocketReorder, default);

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Frames_are_late(string version) =>
        await RunAsync(version, FaultKind.WebSocketDelay, TimeSpan.FromMilliseconds(400));

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Frames_are_garbage(string version) =>
        await RunAsync(version, FaultKind.WebSocketGarbage, default);

    [Fact]
    public async Task All_websockets_are_frozen_while_the_servers_answer()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.FreezeWebSockets();
            await scene.Harness.Service.Listener.WaitAsync(ListenerState.Reconnecting, scene.Harness.Token);
            scene.Sandbox.Thaw();
        });
    }

    private async Task RunAsync(string version, FaultKind kind, TimeSpan delay)
    {
        await using var scene = await FaultScene.StartAsync(output, new SandboxOptions { MattermostVersion = version });
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
