using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What the channel shows when entries of the War Room are edited or deleted.</summary>
public sealed class WarRoomEditTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_edited_entry_changes_its_post(bool fromTimeComparesModified)
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { FromTimeComparesModified = fromTimeComparesModified }
        );
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "at ten");
        await harness.ChatAsync("incident-1", lines => lines.SequenceEqual(["at ten"]));
        var post = Shown(harness).Single();
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "at eleven @all");
        await harness.ChatAsync("incident-1", lines => lines.SequenceEqual(["at eleven @\u200Ball"]));

        Assert.Equal(post.Id, Shown(harness).Single().Id);
        var view = await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        Assert.Equal((1L, 0L), (view.FromWarRoom, view.Failed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entry_edited_long_after_it_was_written_changes_its_post(bool fromTimeComparesModified)
    {
        // The overlap is as nothing, as if two minutes had passed.
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { FromTimeComparesModified = fromTimeComparesModified },
            MirrorHarness.Quick with
            {
                WarRoomOverlap = TimeSpan.FromMilliseconds(1),
                FollowOverlap = TimeSpan.FromMilliseconds(1),
                DeepReading = TimeSpan.FromMilliseconds(100),
            }
        );
        await harness.MirrorConnectedAsync();
        var old = harness.Sandbox.Xsoar.AddEntry("1", "jane", "old");
        harness.Tick(TimeSpan.FromMilliseconds(50));
        var gone = harness.Sandbox.Xsoar.AddEntry("1", "jane", "gone");
        harness.Tick(TimeSpan.FromMilliseconds(50));
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "newest");
        await harness.ChatAsync("incident-1", lines => lines.Count == 3);
        harness.Sandbox.Xsoar.EditEntry(old.Id, "old, edited");
        await harness.ChatAsync("incident-1", lines => lines.Contains("old, edited"));
        harness.Sandbox.Xsoar.DeleteEntry(gone.Id);
        await harness.ChatAsync("incident-1", lines => lines.Contains("*(deleted in the War Room)*"));

        Assert.Equal(["old, edited", "*(deleted in the War Room)*", "newest"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task Marking_an_entry_changes_no_text_and_no_post()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "said");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "said");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "end");
        await harness.ChatAsync("incident-1", lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(0, harness.Sandbox.Calls.CountOf("mattermost", "PUT", "/posts/.*/patch$"));
    }

    [Fact]
    public async Task A_long_entry_grows_and_shrinks_with_its_edits()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        string Rows(int count, string what) =>
            string.Join("\n", Enumerable.Range(0, count).Select(i => $"{what} row number {i}"));
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", Rows(2000, "first"));
        await harness.ChatAsync("incident-1", _ => Text(harness) == Rows(2000, "first"));
        var parts = Shown(harness).Count;
        Assert.True(parts > 1);

        harness.Sandbox.Xsoar.EditEntry(entry.Id, Rows(4000, "longer"));
        await harness.ChatAsync("incident-1", _ => Text(harness) == Rows(4000, "longer"));
        Assert.True(Shown(harness).Count > parts);
        Assert.All(Shown(harness).Skip(1), post => Assert.Equal(Shown(harness)[0].Id, post.RootId));

        harness.Sandbox.Xsoar.EditEntry(entry.Id, "short");
        await harness.ChatAsync("incident-1", lines => lines.SequenceEqual(["short"]));

        harness.Sandbox.Xsoar.EditEntry(entry.Id, Rows(2000, "again"));
        await harness.ChatAsync("incident-1", _ => Text(harness) == Rows(2000, "again"));
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    public async Task A_deleted_entry_leaves_a_post_that_reports_it_and_peoples_replies()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var text = string.Join("\n", Enumerable.Range(0, 4000).Select(i => $"row number {i}"));
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", text);
        await harness.ChatAsync("incident-1", _ => Text(harness) == text);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "an answer", Shown(harness)[0].Id);
        await harness.WarRoomAsync(lines => lines.Contains("an answer"));
        harness.Sandbox.Xsoar.DeleteEntry(entry.Id);
        await harness.ChatAsync("incident-1", lines => lines.SequenceEqual(["*(deleted in the War Room)*"]));

        Assert.Contains(harness.Sandbox.Mattermost.Messages("incident-1"), post => post.Message == "an answer");
    }

    [Fact]
    public async Task What_was_edited_and_deleted_while_nobody_listened_is_made_up_for()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var edited = harness.Sandbox.Xsoar.AddEntry("1", "jane", "edited later");
        var deleted = harness.Sandbox.Xsoar.AddEntry("1", "jane", "deleted later");
        await harness.ChatAsync("incident-1", lines => lines.Count == 2);
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Xsoar.EditEntry(edited.Id, "v2");
        harness.Sandbox.Xsoar.EditEntry(edited.Id, "v3");
        harness.Sandbox.Xsoar.DeleteEntry(deleted.Id);
        var unseen = harness.Sandbox.Xsoar.AddEntry("1", "jane", "said and deleted");
        harness.Sandbox.Xsoar.DeleteEntry(unseen.Id);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "new");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.ChatAsync(
            "incident-1",
            lines => lines.Contains("new") && lines.Contains("v3") && lines.Count == 3
        );
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["v3", "*(deleted in the War Room)*", "new"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task An_entry_edited_or_deleted_before_it_could_be_delivered_comes_out_right()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "POST",
                PathPattern = "/posts$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "zero");
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 1, LastError: not null });
        var edited = harness.Sandbox.Xsoar.AddEntry("1", "jane", "v1");
        var deleted = harness.Sandbox.Xsoar.AddEntry("1", "jane", "a secret");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "end");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 4);
        harness.Sandbox.Xsoar.EditEntry(edited.Id, "v2");
        harness.Sandbox.Xsoar.DeleteEntry(deleted.Id);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 6);
        harness.Sandbox.Faults.Clear();
        await harness.ChatAsync("incident-1", lines => lines.Contains("end"));
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        Assert.Equal(["zero", "v2", "end"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_post_that_was_deleted_in_the_chat_is_not_brought_back_by_an_edit()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "v1");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Delete(Shown(harness)[0].Id, "admin");
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "v2");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "end");
        await harness.ChatAsync("incident-1", lines => lines.Contains("end"));
        var view = await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        Assert.Equal(0, view.Failed);
        Assert.Equal(["end"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task Where_posts_may_not_be_edited_the_new_text_is_a_reply()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "PUT",
                PathPattern = "/posts/[a-z0-9]+/patch$",
                Kind = FaultKind.Status,
                Status = 400,
                Count = 1000000,
                Body =
                    """{"id":"api.post.update_post.permissions_time_limit.app_error","message":"Post edit is only allowed for 10 seconds.","detailed_error":"","request_id":"","status_code":400}""",
            }
        );
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "v1");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "v2");
        await harness.ChatAsync("incident-1", lines => lines.Count == 2);

        Assert.Equal(["v1", "v2"], harness.MirroredInChat("incident-1"));
        Assert.Equal(Shown(harness)[0].Id, Shown(harness)[1].RootId);

        // The reply cannot be edited either: the next text is another reply to the first post.
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "v3");
        await harness.ChatAsync("incident-1", lines => lines.Count == 3);
        Assert.Equal(["v1", "v2", "v3"], harness.MirroredInChat("incident-1"));
        Assert.Equal(Shown(harness)[0].Id, Shown(harness)[2].RootId);
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task Edits_of_unknown_outcome_end_with_the_newest_text_and_no_post_too_many()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "v1");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        var dropped = harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "PUT",
                PathPattern = "/patch$",
                Kind = FaultKind.ActThenDrop,
            }
        );
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "PUT",
                PathPattern = "/patch$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 8,
            }
        );
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "v2");
        await harness.ChatAsync("incident-1", lines => lines.Contains("v2"));
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "v3");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "end");
        await harness.ChatAsync("incident-1", lines => lines.SequenceEqual(["v3", "end"]));
        output.WriteLine($"War Room to chat: {Tally.OfSequence(["v3", "end"], harness.MirroredInChat("incident-1"))}");
        Assert.Equal(1, dropped.Hits);
    }

    [Fact]
    public async Task An_entry_from_the_chat_that_is_changed_in_the_War_Room_does_not_come_back()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "from the chat");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, FromChat: 1 });
        harness.Sandbox.Xsoar.EditEntry(harness.Sandbox.Xsoar.Entries("1")[^1].Id, "its footer was taken off");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "end");
        await harness.ChatAsync("incident-1", lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["end"], harness.MirroredInChat("incident-1"));
    }

    private static List<SandboxPost> Shown(MirrorHarness harness) =>
        [.. harness.Sandbox.Mattermost.Messages("incident-1").Where(post => post.Props.ContainsKey("xsoar_entry_id"))];

    private static string Text(MirrorHarness harness) => string.Join("\n", harness.MirroredInChat("incident-1"));
}
