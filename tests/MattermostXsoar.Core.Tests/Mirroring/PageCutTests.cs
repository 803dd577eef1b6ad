using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A War Room is read whole, whatever number of entries the server cuts its answers at.</summary>
public sealed class PageCutTests
{
    [Theory]
    [InlineData(30, WarRoomPageCut.OldestKept)]
    [InlineData(30, WarRoomPageCut.NewestKept)]
    [InlineData(128, WarRoomPageCut.OldestKept)]
    [InlineData(128, WarRoomPageCut.NewestKept)]
    public async Task A_limit_that_is_not_a_round_number_loses_no_entry(int cap, WarRoomPageCut cut)
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { WarRoomPageCap = cap, WarRoomPageCut = cut }
        );
        await harness.MirrorConnectedAsync();
        await harness.Service.StopListenerAsync();
        var texts = Enumerable.Range(0, 300).Select(i => $"line {i}").ToList();
        foreach (var line in texts)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", line);
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.ChatAsync("incident-1", lines => lines.Count >= texts.Count);

        Assert.Equal(texts, harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_message_of_unknown_outcome_is_found_beyond_the_limit()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { WarRoomPageCap = 30, WarRoomPageCut = WarRoomPageCut.OldestKept }
        );
        await harness.MirrorConnectedAsync();
        for (var i = 0; i < 100; i++)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"line {i}");
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "entry/formatted",
                Kind = FaultKind.ActThenDrop,
            }
        );
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "once");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));

        Assert.Equal(["once", "end"], harness.MirroredInWarRoom());
    }
}
