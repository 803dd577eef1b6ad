using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Posts that an administrator deletes for good, of which the server keeps nothing.</summary>
public sealed class PermanentDeletionTests
{
    private static SandboxOptions Newer => new() { MattermostVersion = "11.6.0", PermanentPostDeletion = true };

    [Fact]
    public async Task A_post_deleted_for_good_while_nobody_listened_is_reported_once()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var posts = new[] { "kept", "gone", "last" }
            .Select(text => harness.Sandbox.Mattermost.Post("user1", "incident-1", text))
            .ToList();
        await harness.WarRoomAsync(texts => texts.Count == 3);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        for (var start = 0; start < 2; start++)
        {
            await harness.Service.Listener.StopAsync();
            harness.Tick();
            if (start == 0)
                harness.Sandbox.Mattermost.DeleteForGood(posts[1].Id);
            harness.Sandbox.Mattermost.Post("user1", "incident-1", $"end {start}");
            await harness.NewServiceAsync();
            await harness.Service.Listener.StartAsync(harness.Token);
            await harness.WarRoomAsync(texts => texts.Contains($"end {start}"));
            await harness.Service.SynchronizeAsync(null, harness.Token);
        }

        var deleted = Assert.Single(
            harness.FromChat(),
            entry => entry.Contains("was deleted", StringComparison.Ordinal)
        );
        Assert.EndsWith($"/pl/{posts[1].Id}), deleted)", deleted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_deleted_for_good_while_the_listener_runs_is_reported_once()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "gone");
        await harness.WarRoomAsync(texts => texts.Count == 1);
        harness.Sandbox.Mattermost.DeleteForGood(post.Id);
        await harness.WarRoomAsync(texts => texts.Count == 2);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(2, harness.FromChat().Count);
        Assert.EndsWith($"/pl/{post.Id}), deleted)", harness.FromChat()[1], StringComparison.Ordinal);
    }
}
