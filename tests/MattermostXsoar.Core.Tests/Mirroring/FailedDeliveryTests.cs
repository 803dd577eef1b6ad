using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Deliveries that the other side refuses permanently are seen, hold up nothing, and are tried again when a person
/// asks.</summary>
public sealed class FailedDeliveryTests
{
    [Fact]
    public async Task Refused_deliveries_are_listed_without_their_text_and_hold_up_nothing()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var (post, entryId) = await RefuseAsync(harness);

        var failed = harness.Service.GetFailedDeliveries("1");
        Assert.Equal(2, failed.Count);
        var fromChat = failed.Single(line => line.Direction == DeliveryDirection.ChatToWarRoom);
        Assert.Equal((post, "Message", 0, 1), (fromChat.SourceId, fromChat.Kind, fromChat.Part, fromChat.Attempts));
        Assert.EndsWith($"/panw/pl/{post}", fromChat.Source.AbsoluteUri, StringComparison.Ordinal);
        var fromWarRoom = failed.Single(line => line.Direction == DeliveryDirection.WarRoomToChat);
        Assert.Equal(entryId, fromWarRoom.SourceId);
        Assert.Contains("WarRoom/1", fromWarRoom.Source.AbsoluteUri, StringComparison.Ordinal);
        Assert.All(failed, line => Assert.NotEmpty(line.Reason));
        Assert.DoesNotContain("refused 1", string.Join('\n', failed), StringComparison.Ordinal);
        Assert.Empty(harness.Service.GetFailedDeliveries("2"));
        var mirror = Assert.Single(harness.Service.GetMirrors());
        Assert.Equal((2L, 0L), (mirror.Failed, mirror.Pending));
        Assert.NotNull(mirror.LastError);
        Assert.Equal(2, harness.Service.Listener.View().Failed);
    }

    [Fact]
    public async Task With_the_listener_here_they_are_tried_again_and_arrive_once()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await RefuseAsync(harness);

        await harness.Service.RetryFailedAsync(["1"], harness.Token);
        await AssertCarriedAsync(harness);
        await harness.Service.RetryFailedAsync(null, harness.Token);
        await AssertCarriedAsync(harness);
    }

    [Fact]
    public async Task Without_a_listener_a_pass_tries_them_again()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await RefuseAsync(harness);
        await harness.Service.Listener.StopAsync();

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        await AssertCarriedAsync(harness);
    }

    [Fact]
    public async Task With_the_listener_in_another_process_that_one_tries_them_again()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await RefuseAsync(harness);
        // A second service on the same file has no listener of its own, as another process.
        var other = await harness.NewServiceAsync(noListener: true);

        await other.RetryFailedAsync(["1"], harness.Token);

        await AssertCarriedAsync(harness);
        lock (harness.Log)
            Assert.Contains(harness.Log, record => record.Event == "OtherListenerActive");
    }

    [Fact]
    public async Task One_that_is_refused_again_counts_one_attempt_more()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await RefuseAsync(harness);
        harness.Sandbox.Faults.Add(Refusal("xsoar", "/entry/formatted$"));

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        var left = Assert.Single(harness.Service.GetFailedDeliveries());
        Assert.Equal((DeliveryDirection.ChatToWarRoom, 2), (left.Direction, left.Attempts));
    }

    [Fact]
    public async Task One_that_had_arrived_in_spite_of_the_refusal_is_found_and_not_sent_again()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var (post, _) = await RefuseAsync(harness);
        // What the server refused has arrived there: somebody may have written it by hand.
        harness.Sandbox.Xsoar.AddEntry(
            "1",
            "admin",
            $"**First1 Last1 (@user1)**: refused 1\n**From Mattermost** ([post]({harness.Sandbox.MattermostUri}panw/pl/{post}))",
            format: "markdown"
        );

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        await AssertCarriedAsync(harness);
    }

    [Fact]
    public async Task One_that_was_deleted_or_edited_since_is_not_sent_as_it_was()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(Refusal("xsoar", "/entry/formatted$", 2));
        var deleted = harness.Sandbox.Mattermost.Post("user1", "incident-1", "to be deleted");
        var edited = harness.Sandbox.Mattermost.Post("user1", "incident-1", "to be edited");
        await harness.MirrorIsAsync(mirror => mirror.Failed == 2);
        harness.Tick();
        harness.Sandbox.Mattermost.Delete(deleted.Id);
        harness.Sandbox.Mattermost.Edit(edited.Id, "edited");
        await harness.WarRoomAsync(lines => lines.Contains("edited"));

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        Assert.Equal(["edited"], harness.MirroredInWarRoom());
        Assert.Empty(harness.Service.GetFailedDeliveries());
    }

    [Fact]
    public async Task A_file_that_was_refused_and_replaced_by_a_note_is_mirrored_when_the_other_side_accepts_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(Refusal("mattermost", "/api/v4/files$"));
        harness.Sandbox.Xsoar.AddFile(
            "1",
            "jane",
            "mail.eml",
            System.Text.Encoding.UTF8.GetBytes("Subject: hi"),
            "the mail"
        );
        await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });
        Assert.Contains(
            "was not mirrored",
            Assert.Single(harness.MirroredInChat("incident-1")),
            StringComparison.Ordinal
        );

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        Assert.Empty(harness.Service.GetFailedDeliveries());
        Assert.Contains(
            harness.Sandbox.Mattermost.Messages("incident-1"),
            post => post.FileIds.Count == 1 && post.Props.ContainsKey("xsoar_entry_id")
        );
    }

    [Fact]
    public async Task The_note_in_its_place_goes_so_that_a_deletion_of_the_entry_leaves_nothing_to_read()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(Refusal("mattermost", "/api/v4/files$", 2));
        var entry = harness.Sandbox.Xsoar.AddFile("1", "jane", "mail.eml", "Subject: hi"u8.ToArray(), "hunter2");
        await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });
        await harness.Service.RetryFailedAsync(["1"], harness.Token);
        Assert.Single(harness.Service.GetFailedDeliveries());
        Assert.Single(harness.MirroredInChat("incident-1"));

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        Assert.Single(Assert.Single(harness.Sandbox.Mattermost.Messages("incident-1"), HasEntry).FileIds);
        harness.Sandbox.Xsoar.DeleteEntry(entry.Id);
        await harness.ChatAsync("incident-1", texts => texts.All(text => !text.Contains("hunter2")));
    }

    [Fact]
    public async Task A_note_that_people_replied_to_stays_without_the_entrys_text()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(Refusal("mattermost", "/api/v4/files$"));
        harness.Sandbox.Xsoar.AddFile("1", "jane", "mail.eml", "Subject: hi"u8.ToArray(), "hunter2");
        await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });
        var note = Assert.Single(harness.Sandbox.Mattermost.Messages("incident-1"), HasEntry);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "a reply", note.Id);
        await harness.WarRoomAsync(texts => texts.Contains("a reply"));

        await harness.Service.RetryFailedAsync(["1"], harness.Token);

        Assert.Empty(harness.Service.GetFailedDeliveries());
        var posts = harness.Sandbox.Mattermost.Messages("incident-1");
        Assert.Equal("*(sent again below)*", posts.Single(post => post.Id == note.Id).Message);
        Assert.Contains(posts, post => post.Message == "a reply" && post.RootId == note.Id);
        Assert.Contains(posts, post => post.FileIds.Count == 1 && post.Message.Contains("hunter2"));
    }

    private static bool HasEntry(SandboxPost post) => post.Props.ContainsKey("xsoar_entry_id");

    // One message each way is refused, and one behind each arrives.
    private static async Task<(string PostId, string EntryId)> RefuseAsync(MirrorHarness harness)
    {
        harness.Sandbox.Faults.Add(Refusal("xsoar", "/entry/formatted$"));
        harness.Sandbox.Faults.Add(Refusal("mattermost", "/api/v4/posts$"));
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "refused 1");
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "refused 1");
        await harness.MirrorIsAsync(mirror => mirror.Failed == 2);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "behind");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "behind");
        await harness.MirrorIsAsync(mirror => mirror is { FromChat: 1, FromWarRoom: 1, Pending: 0 });
        return (post.Id, entry.Id);
    }

    private static async Task AssertCarriedAsync(MirrorHarness harness)
    {
        await harness.MirrorIsAsync(mirror =>
            mirror is { Failed: 0, Pending: 0, FromChat: 2, FromWarRoom: 2, State: MirrorState.Active, LastError: null }
        );
        Assert.Equal(["behind", "refused 1"], harness.MirroredInWarRoom().Order());
        Assert.Equal(["behind", "refused 1"], harness.MirroredInChat("incident-1").Order());
        Assert.Empty(harness.Service.GetFailedDeliveries());
    }

    private static Fault Refusal(string server, string path, int count = 1) =>
        new()
        {
            Server = server,
            Method = "POST",
            PathPattern = path,
            Kind = FaultKind.Status,
            Status = 400,
            Count = count,
        };
}
