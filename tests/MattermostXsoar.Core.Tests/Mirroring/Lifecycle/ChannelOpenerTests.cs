using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Lifecycle;

/// <summary>How a mirror's channel is made ready when others do the same, or an answer is lost.</summary>
public sealed class ChannelOpenerTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("case-one")]
    public async Task One_investigation_that_several_processes_start_at_once_has_one_channel_and_one_mirror(
        string? channel
    )
    {
        await using var harness = await MirrorHarness.StartAsync();
        var starts = new List<(MirrorService Service, MirrorPlan Plan)>();
        // Each has made its plan before the first of them creates the channel, as during a prompt of -Confirm.
        for (var i = 0; i < 4; i++)
        {
            var service = await harness.NewServiceAsync(noListener: true);
            starts.Add(
                (service, await service.PlanMirrorAsync(harness.Request() with { Channel = channel }, harness.Token))
            );
        }

        var mirrors = await Task.WhenAll(
            starts.Select(start => start.Service.StartMirrorAsync(start.Plan, harness.Token))
        );

        var name = Assert.Single(mirrors.Select(mirror => mirror.ChannelName).Distinct());
        Assert.Equal(channel ?? "incident-1", name);
        Assert.Single(harness.Service.GetMirrors());
        Assert.Single(harness.Sandbox.Mattermost.Messages(name));
        lock (harness.Log)
            Assert.DoesNotContain(harness.Log, record => record.Event == "ChannelNameTaken");
    }

    [Fact]
    public async Task A_name_that_a_channel_of_somebody_else_took_since_the_plan_was_made_is_not_used()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var plan = await harness.Service.PlanMirrorAsync(harness.Request("2"), harness.Token);
        harness.Sandbox.Mattermost.CreateChannel("user1", "incident-2", "incident-2", "O");

        var mirror = await harness.Service.StartMirrorAsync(plan, harness.Token);

        Assert.Equal("incident-2-2", mirror.ChannelName);
        lock (harness.Log)
            Assert.Contains(
                "was not created for investigation 2",
                Assert.Single(harness.Log, record => record.Event == "ChannelNameTaken").Message,
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("/api/v4/channels$")]
    [InlineData("/api/v4/posts$")]
    public async Task A_channel_of_which_an_answer_was_lost_has_one_first_post_after_the_next_start(string path)
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "POST",
                PathPattern = path,
                Kind = FaultKind.ActThenDrop,
                Count = 1,
            }
        );
        await Assert.ThrowsAnyAsync<MattermostXsoarException>(() => harness.MirrorAsync());

        var mirror = await harness.MirrorAsync();

        Assert.Equal("incident-1", mirror.ChannelName);
        Assert.Contains(
            "This channel was created to mirror incident 1.",
            Assert.Single(harness.Sandbox.Mattermost.Messages("incident-1")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_channel_that_is_mirrored_with_another_state_file_is_reported_before_it_is_mirrored_twice()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "an entry");
        await harness.ChatAsync("incident-1", lines => lines.Contains("an entry"));
        await harness.Service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: false, harness.Token);
        await harness.MirrorAsync();
        Assert.Empty(Reported());

        var other = await harness.NewServiceAsync(noListener: true, statePath: harness.StatePath + ".other");
        await other.StartMirrorAsync(harness.Request(), harness.Token);

        Assert.Contains("another -StatePath", Assert.Single(Reported()), StringComparison.Ordinal);

        List<string> Reported()
        {
            lock (harness.Log)
                return
                [
                    .. harness
                        .Log.Where(record => record.Event == "MirroredElsewhere")
                        .Select(record => record.Message),
                ];
        }
    }

    [Fact]
    public async Task Posts_for_another_investigation_in_a_shared_channel_are_not_reported()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync("1", "test");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "an entry");
        await harness.ChatAsync("test", lines => lines.Contains("an entry"));

        var other = await harness.NewServiceAsync(noListener: true, statePath: harness.StatePath + ".other");
        await other.StartMirrorAsync(harness.Request("2") with { Channel = "test" }, harness.Token);

        lock (harness.Log)
            Assert.DoesNotContain(harness.Log, record => record.Event == "MirroredElsewhere");
    }
}
