using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>
/// Entries that are deleted in the War Room, where the server does not let the bot change its posts: their text does
/// not stay readable unnoticed.
/// </summary>
[Trait("Category", "Fault")]
public sealed class WarRoomDeletionTests
{
    private const string Secret = "password is hunter2";

    [Fact]
    public async Task Where_posts_may_not_be_edited_the_post_is_deleted()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = await WriteAsync(harness);
        Refuse(harness.Sandbox, "PUT", "/patch$");
        harness.Sandbox.Xsoar.DeleteEntry(entry);
        await harness.ChatAsync("incident-1", texts => texts.Count == 0);
        var view = await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        Assert.Equal(0, view.Failed);
    }

    [Fact]
    public async Task Where_people_have_replied_the_thread_reports_it_and_the_delivery_counts_as_failed_until_it_succeeds()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = await WriteAsync(harness);
        var root = harness.Sandbox.Mattermost.Messages("incident-1").Single(post => post.Message.Contains(Secret));
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "a reply", root.Id);
        await harness.WarRoomAsync(texts => texts.Contains("a reply"));
        Refuse(harness.Sandbox, "PUT", "/patch$");
        harness.Sandbox.Xsoar.DeleteEntry(entry);
        var view = await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
        Assert.Contains("can still be read", view.LastError);
        var note = harness
            .Sandbox.Mattermost.Messages("incident-1")
            .Single(post => post.Message.Contains("deleted in"));
        Assert.Equal(root.Id, note.RootId);

        harness.Sandbox.Faults.Clear();
        await harness.Service.RetryFailedAsync(null, harness.Token);
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 0 });
        Assert.Equal(["*(deleted in the War Room)*"], harness.MirroredInChat("incident-1"));
        Assert.Contains(harness.Sandbox.Mattermost.Messages("incident-1"), post => post.Message == "a reply");
    }

    [Fact]
    public async Task Where_posts_may_be_neither_edited_nor_deleted_the_delivery_counts_as_failed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = await WriteAsync(harness);
        Refuse(harness.Sandbox, "PUT", "/patch$");
        Refuse(harness.Sandbox, "DELETE", "/posts/");
        harness.Sandbox.Xsoar.DeleteEntry(entry);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "next");
        await harness.ChatAsync("incident-1", texts => texts.Contains("next"));
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
    }

    [Fact]
    public async Task A_reply_that_shows_a_refused_edit_is_deleted_with_the_entry()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = await WriteAsync(harness);
        Refuse(harness.Sandbox, "PUT", "/patch$");
        harness.Sandbox.Xsoar.EditEntry(entry, Secret + ", edited");
        await harness.ChatAsync("incident-1", texts => texts.Count == 2);
        harness.Sandbox.Xsoar.DeleteEntry(entry);
        await harness.ChatAsync("incident-1", texts => texts.Count == 0);
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    private static async Task<string> WriteAsync(MirrorHarness harness)
    {
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", Secret);
        await harness.ChatAsync("incident-1", texts => texts.SequenceEqual([Secret]));
        return entry.Id;
    }

    // As a server with PostEditTimeLimit, or a bot without the permission.
    private static void Refuse(SandboxServer sandbox, string method, string path) =>
        sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = method,
                PathPattern = path,
                Kind = FaultKind.Status,
                Status = 403,
                Count = int.MaxValue,
                Body =
                    """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions.","detailed_error":"","request_id":"x","status_code":403}""",
            }
        );
}
