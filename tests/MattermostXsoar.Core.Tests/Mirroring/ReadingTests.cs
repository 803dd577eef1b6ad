using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What both sides' readings must not pass over and must not bring a second time.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task A_post_deleted_between_two_pages_hides_no_other()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.StopListenerAsync();
        var first = harness.Sandbox.Mattermost.Post("user1", "incident-1", "deleted");
        var texts = Enumerable.Range(0, 450).Select(i => $"line {i}").ToList();
        foreach (var line in texts)
            harness.Sandbox.Mattermost.Post("user1", "incident-1", line);

        harness.Sandbox.Calls.Clear();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Method = "GET",
                PathPattern = "/channels/[a-z0-9]+/posts$",
                Skip = 1,
                Kind = FaultKind.Delay,
                Delay = TimeSpan.FromMilliseconds(500),
            }
        );
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.Sandbox.Calls.WaitForAsync(
            _ => harness.Sandbox.Calls.CountOf("mattermost", "GET", "/channels/[a-z0-9]+/posts$") == 2,
            harness.Token
        );
        harness.Sandbox.Mattermost.Delete(first.Id);
        await harness.WarRoomAsync(lines => lines.Contains("line 449"));

        Assert.Equal(texts, harness.MirroredInWarRoom().Where(line => line != "deleted"));
    }

    [Fact]
    public async Task A_channel_whose_anchor_was_deleted_permanently_is_read_from_its_time_on()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.Post("user1", "test", "long ago");
        await harness.MirrorConnectedAsync(channel: "test");
        await harness.Service.StopListenerAsync();
        foreach (var post in harness.Sandbox.Mattermost.Posts("test").ToList())
            harness.Sandbox.Mattermost.Purge(post.Id);
        harness.Sandbox.Mattermost.Post("user1", "test", "since then");
        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.WarRoomAsync(lines => lines.Count > 0);

        Assert.Equal(["since then"], harness.MirroredInWarRoom());
    }

    [Theory]
    [InlineData(50, WarRoomPageCut.NewestKept)]
    [InlineData(50, WarRoomPageCut.OldestKept)]
    [InlineData(333, WarRoomPageCut.NewestKept)]
    [InlineData(333, WarRoomPageCut.OldestKept)]
    [InlineData(250, WarRoomPageCut.NewestKept)]
    [InlineData(250, WarRoomPageCut.OldestKept)]
    public async Task A_War_Room_is_read_whole_wherever_the_server_cuts(int cap, WarRoomPageCut cut)
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions
            {
                WarRoomPageCap = cap,
                WarRoomPageCut = cut,
                RandomEntryIds = true,
            }
        );
        await harness.MirrorConnectedAsync();
        await harness.Service.StopListenerAsync();
        var texts = Enumerable.Range(0, 620).Select(i => $"line {i}").ToList();
        foreach (var line in texts)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", line);
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.ChatAsync("incident-1", lines => lines.Count >= texts.Count);

        Assert.Equal(texts, harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task An_old_entry_that_is_edited_is_not_taken_for_a_new_one()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { FromTimeComparesModified = true },
            MirrorHarness.Quick with
            {
                WarRoomOverlap = TimeSpan.FromMilliseconds(20),
            }
        );
        var old = harness.Sandbox.Xsoar.AddEntry("1", "jane", "said before the mirror began");
        harness.Tick(TimeSpan.FromMilliseconds(100));
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "the newest");
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.EditEntry(old.Id, "edited");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "new");
        await harness.ChatAsync("incident-1", lines => lines.Contains("new"));

        Assert.Equal(["new"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_server_that_shows_changes_is_relied_on()
    {
        await using var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                Sweep = TimeSpan.FromMilliseconds(50),
            }
        );
        await harness.MirrorConnectedAsync();
        for (var i = 0; i < 20; i++)
        {
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"line {i}");
            await harness.ChatAsync("incident-1", lines => lines.Count == i + 1);
            var polled = harness.Service.GetListener().LastPollAt;
            await harness.WhenAsync(() => harness.Service.GetListener().LastPollAt != polled);
        }

        lock (harness.Log)
            Assert.DoesNotContain(
                harness.Log,
                record => record.Message.Contains("does not change an incident", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_reopened_investigation_goes_on_when_its_archived_channel_is_restored_and_nobody_asks_for_it_all_the_time()
    {
        await using var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                PausedRetry = TimeSpan.FromSeconds(1),
            }
        );
        var mirror = await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        harness.Sandbox.Calls.Clear();
        harness.Sandbox.Xsoar.Reopen("1");
        await harness.Sandbox.Calls.WaitForAsync(
            _ => harness.Sandbox.Calls.CountOf("xsoar", "POST", "/incidents/search$") == 20,
            harness.Token
        );
        Assert.InRange(harness.Sandbox.Calls.CountOf("mattermost", "GET", $"/channels/{mirror.ChannelId}$"), 1, 6);

        harness.Sandbox.Mattermost.Restore("incident-1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Active);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "back again");
        await harness.WarRoomAsync(lines => lines.Contains("back again"));
    }

    [Fact]
    public async Task A_pass_that_waits_ends_with_an_error_when_the_listener_is_stopped()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.RollApiKey();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "cannot be said now");
        var pass = harness.Service.SynchronizeAsync(null, harness.Token);
        await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
        await harness.Service.StopListenerAsync();

        var error = Assert.IsType<MattermostXsoarException>((await pass).Failures["1"]);
        Assert.Equal(ErrorIds.MirrorIncomplete, error.ErrorId);
        await harness.Service.CloseAsync();
        await harness.Service.CloseAsync();
    }

    [Fact]
    public async Task A_gap_while_nothing_is_mirrored_does_not_leave_the_listener_catching_up()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.CutWebSockets();
        await harness.Service.WaitListenerAsync(ListenerState.Reconnecting, harness.Token);
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                PathPattern = "^posted$",
                Kind = FaultKind.WebSocketDropFrames,
            }
        );
        harness.Sandbox.Mattermost.Post("user1", "test", "swallowed");
        harness.Sandbox.Mattermost.Post("user1", "test", "shows the gap");
        await harness.MirrorConnectedAsync(channel: "test");
        Assert.Equal(ListenerState.Connected, harness.Service.GetListener().State);
    }
}
