using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What appears in the War Room when people edit what they wrote in the chat.</summary>
public sealed class ChatEditTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_edit_is_an_entry_with_the_text_as_it_is_now_and_the_permalink_of_the_first()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "at ten");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Edit(post.Id, "at eleven");
        await harness.WarRoomAsync(lines => lines.Count == 2);

        Assert.Equal(["at ten", "at eleven"], harness.MirroredInWarRoom());
        var permalink = $"({harness.Sandbox.MattermostUri}panw/pl/{post.Id})";
        var entries = harness.FromChat();
        Assert.EndsWith($"([post]{permalink})", entries[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "**Grace Hopper (@user2)** (edited): at eleven\n**From Mattermost** ([post]",
            entries[1],
            StringComparison.Ordinal
        );
        Assert.Contains($"{permalink}, edited 20", entries[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reaction_a_pin_or_an_edit_without_another_text_adds_no_entry()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "first");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Edit(post.Id, "second");
        await harness.WarRoomAsync(lines => lines.Count == 2);
        harness.Sandbox.Mattermost.React("user1", post.Id, "thumbsup");
        harness.Sandbox.Mattermost.Pin(post.Id);
        harness.Sandbox.Mattermost.Edit(post.Id, "second");
        harness.Sandbox.Mattermost.Post("user2", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["first", "second", "end"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task An_edit_back_to_the_first_text_is_an_edit()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Edit(post.Id, "two");
        await harness.WarRoomAsync(lines => lines.Count == 2);
        harness.Sandbox.Mattermost.Edit(post.Id, "one");
        await harness.WarRoomAsync(lines => lines.Count == 3);

        Assert.Equal(["one", "two", "one"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task Several_edits_while_nobody_listened_become_the_newest_text_in_order()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "v1");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        await harness.Service.StopListenerAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "before the edits");
        harness.Tick();
        harness.Sandbox.Mattermost.Edit(post.Id, "v2");
        harness.Sandbox.Mattermost.Edit(post.Id, "v3");
        harness.Tick();
        var later = harness.Sandbox.Mattermost.Post("user1", "incident-1", "typo");
        harness.Sandbox.Mattermost.Edit(later.Id, "after the edits");
        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.WarRoomAsync(lines => lines.Contains("after the edits"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["v1", "before the edits", "v3", "after the edits"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task An_edit_of_what_was_posted_before_the_mirror_began_makes_no_entry()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var old = harness.Sandbox.Mattermost.Post("user1", "test", "before");
        await harness.MirrorConnectedAsync(channel: "test");
        harness.Sandbox.Mattermost.Edit(old.Id, "edited");
        harness.Sandbox.Mattermost.Delete(old.Id);
        harness.Sandbox.Mattermost.Post("user1", "test", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Single(harness.FromChat());
    }

    [Fact]
    public async Task A_message_edited_before_it_could_be_delivered_is_delivered_once_and_as_it_is_now()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var refusals = harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "entry/formatted",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "zero");
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 1, LastError: not null });
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "v1");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "behind");
        harness.Sandbox.Mattermost.Edit(post.Id, "v2");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 4);
        harness.Sandbox.Mattermost.Edit(post.Id, "v3");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 5);
        harness.Sandbox.Faults.Clear();
        await harness.WarRoomAsync(lines => lines.Contains("behind"));
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, FromChat: 3 });

        Assert.True(refusals.Hits > 0);
        Assert.Equal(["zero", "v3", "behind"], harness.MirroredInWarRoom());
        // A pin shows the edit once more: it has been mirrored.
        harness.Sandbox.Mattermost.Pin(post.Id);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Equal(3, harness.FromChat().Count);
    }

    [Theory]
    [InlineData(FaultKind.ActThenDrop)]
    [InlineData(FaultKind.CutBody)]
    [Trait("Category", "Fault")]
    public async Task An_edit_of_unknown_outcome_is_found_and_not_taken_for_the_message_itself(FaultKind kind)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "v1");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "entry/formatted",
                Kind = kind,
            }
        );
        harness.Sandbox.Mattermost.Edit(post.Id, "v2");
        harness.Tick();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        output.WriteLine($"chat to War Room: {Tally.OfSequence(["v1", "v2", "end"], harness.MirroredInWarRoom())}");
        Assert.Equal(["v1", "v2", "end"], harness.MirroredInWarRoom());
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task Edits_whose_frames_were_lost_are_read_from_the_channel()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "v1");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                PathPattern = "^post_edited$",
                Kind = FaultKind.WebSocketDropFrames,
            }
        );
        harness.Sandbox.Mattermost.Edit(post.Id, "v2");
        harness.Tick();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "shows the gap");
        await harness.WarRoomAsync(lines => lines.Contains("shows the gap") && lines.Contains("v2"));

        output.WriteLine(
            $"chat to War Room: {Tally.OfSequence(["v1", "v2", "shows the gap"], harness.MirroredInWarRoom())}"
        );
        Assert.Equal(["v1", "v2", "shows the gap"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task An_edit_is_no_further_message_in_the_counters()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "v1");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Edit(post.Id, "v2");
        await harness.WarRoomAsync(lines => lines.Count == 2);
        var view = await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, FromChat: 1 });
        Assert.Equal((MirrorState.Active, 0L), (view.State, view.Failed));
        Assert.Equal(ListenerState.Connected, harness.Service.GetListener().State);
    }
}
