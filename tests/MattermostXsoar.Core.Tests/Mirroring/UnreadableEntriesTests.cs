using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A server that returns its newest entries only, and ignores <c>lastId</c>: what is before them is reported.</summary>
[Trait("Category", "Fault")]
public sealed class UnreadableEntriesTests
{
    private const int Cap = 50;
    private const string Report = "may be missing here";

    [Theory]
    // As many as one answer has besides the last known one: nothing is missing.
    [InlineData(Cap - 1, false)]
    [InlineData(Cap * 3, true)]
    public async Task What_one_answer_does_not_hold_is_reported_once_and_the_rest_arrives_in_order(
        int written,
        bool isReported
    )
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions
            {
                WarRoomPageCap = Cap,
                WarRoomPageCut = WarRoomPageCut.NewestKept,
                Xsoar = new XsoarBehaviour { HonoursEntryPositions = false },
            }
        );
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "known");
        await harness.ChatAsync("incident-1", texts => texts.Contains("known"));
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();
        var entries = new List<string>();
        for (var i = 0; i < written; i++)
        {
            harness.Tick();
            entries.Add($"entry {i}");
            harness.Sandbox.Xsoar.AddEntry("1", "jane", entries[i]);
        }

        for (var restart = 0; restart < 2; restart++)
        {
            await harness.NewServiceAsync();
            await harness.Service.Listener.StartAsync(harness.Token);
            var returned = entries.Skip(Math.Max(0, written - Cap)).ToList();
            await harness.ChatAsync("incident-1", texts => Tally.Of(returned, texts).Lost == 0);
            await harness.Service.SynchronizeAsync(null, harness.Token);
            var mirror = await harness.MirrorIsAsync(it => it.Pending == 0 && it.Failed == (isReported ? 1 : 0));
            Assert.Equal(MirrorState.Active, mirror.State);
            var tally = Tally.Of(returned, harness.MirroredInChat("incident-1"));
            Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
            var reports = harness.MirroredInChat("incident-1").Count(text => text.Contains(Report));
            Assert.Equal(isReported ? 1 : 0, reports);
            await harness.Service.Listener.StopAsync();
        }
    }
}
