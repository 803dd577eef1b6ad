using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What appears in the War Room when people delete what they wrote in the chat.</summary>
public sealed class ChatDeletionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_deletion_is_an_entry_with_the_permalink_of_the_first_and_without_the_text()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "the password is 1234");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Delete(post.Id);
        await harness.WarRoomAsync(lines => lines.Count == 2);

        var entry = harness.FromChat()[1];
        Assert.StartsWith("The message of **Grace Hopper (@user2)** of 20", entry, StringComparison.Ordinal);
        Assert.Contains(
            "was deleted, along with any replies to it.\n**From Mattermost** ([post]",
            entry,
            StringComparison.Ordinal
        );
        Assert.EndsWith($"/pl/{post.Id}), deleted)", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_reply_is_reported_once_and_one_deleted_with_its_root_not_again()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var root = harness.Sandbox.Mattermost.Post("user2", "incident-1", "root");
        var reply = harness.Sandbox.Mattermost.Post("user1", "incident-1", "reply", root.Id);
        harness.Sandbox.Mattermost.Post("user3", "incident-1", "second reply", root.Id);
        await harness.WarRoomAsync(lines => lines.Count == 3);
        harness.Sandbox.Mattermost.Delete(reply.Id);
        await harness.WarRoomAsync(lines => lines.Count == 4);
        harness.Tick();
        harness.Sandbox.Mattermost.Delete(root.Id);
        await harness.WarRoomAsync(lines => lines.Count == 5);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var texts = harness.FromChat();
        Assert.Equal(5, texts.Count);
        Assert.Matches(@"^The message of \*\*First1 Last1 \(@user1\)\*\* of .*Z was deleted\.\n", texts[3]);
        Assert.Contains("along with any replies to it", texts[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_deleted_with_a_root_that_was_not_mirrored_are_reported_as_deleted()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var root = harness.Sandbox.Mattermost.Post("user2", "test", "before the mirror began");
        await harness.MirrorConnectedAsync(channel: "test");
        harness.Sandbox.Mattermost.Post("user1", "test", "reply", root.Id);
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Delete(root.Id);
        await harness.WarRoomAsync(lines => lines.Count == 2);

        Assert.Contains("(@user1)** of", harness.FromChat()[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_while_nobody_listened_is_reported_in_its_place()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "carried");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        await harness.Service.StopListenerAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        harness.Tick();
        harness.Sandbox.Mattermost.Delete(post.Id);
        harness.Tick();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "two");
        var unseen = harness.Sandbox.Mattermost.Post("user1", "incident-1", "said and deleted");
        harness.Sandbox.Mattermost.Delete(unseen.Id);
        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.WarRoomAsync(lines => lines.Contains("two"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var texts = harness.MirroredInWarRoom();
        Assert.Equal(4, texts.Count);
        Assert.Equal(("carried", "one", "two"), (texts[0], texts[1], texts[3]));
        Assert.Contains("was deleted", texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_deleted_before_it_could_be_delivered_is_never_delivered()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
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
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "a secret");
        harness.Sandbox.Mattermost.Edit(post.Id, "still a secret");
        harness.Sandbox.Mattermost.Delete(post.Id);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 5);
        harness.Sandbox.Faults.Clear();
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        Assert.Equal(["zero", "end"], harness.MirroredInWarRoom());
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_deletion_of_unknown_outcome_is_reported_once()
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
                Kind = FaultKind.ActThenDrop,
            }
        );
        harness.Sandbox.Mattermost.Delete(post.Id);
        harness.Tick();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var texts = harness
            .FromChat()
            .Select(entry =>
                entry.EndsWith(", deleted)", StringComparison.Ordinal) ? "deleted"
                : entry.Contains("v1", StringComparison.Ordinal) ? "v1"
                : "end"
            )
            .ToList();
        output.WriteLine($"chat to War Room: {Tally.OfSequence(["v1", "deleted", "end"], texts)}");
        Assert.Equal(["v1", "deleted", "end"], texts);
    }

    [Fact]
    public async Task What_a_bot_wrote_and_an_administrator_deleted_makes_no_entry()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "from the War Room");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Delete(harness.Sandbox.Mattermost.Messages("incident-1")[^1].Id, "admin");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["end"], harness.MirroredInWarRoom());
        Assert.Empty(harness.MirroredInChat("incident-1"));
    }
}
