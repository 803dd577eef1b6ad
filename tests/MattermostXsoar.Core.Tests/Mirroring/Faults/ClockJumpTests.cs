using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>
/// A server's clock is set forwards while people talk. Set back, neither side's order is the order in which things were said: Mattermost shows
/// a channel by create_at, and a reading of a War Room is sorted by its entries' times. Nothing is lost then: CatchUpTests.
/// </summary>
[Trait("Category", "Fault")]
public sealed class ClockJumpTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(60)]
    public async Task The_clock_of_Mattermost_jumps(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(FaultScene.Then(() => scene.Sandbox.MattermostClockSkew = TimeSpan.FromMinutes(minutes)));
    }

    [Theory]
    [InlineData(60)]
    public async Task The_clock_of_XSOAR_jumps(int minutes)
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(FaultScene.Then(() => scene.Sandbox.XsoarClockSkew = TimeSpan.FromMinutes(minutes)));
    }
}
