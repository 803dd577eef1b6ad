using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>The priority that people give their messages, as Mattermost 7 and later allow, in the War Room.</summary>
public sealed class PriorityTests
{
    private static SandboxOptions Newer => new() { MattermostVersion = "11.6.0" };

    [Fact]
    public async Task An_urgent_or_important_message_is_marked_beside_its_author()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        await harness.Service.Listener.StopAsync();
        Post(harness, "call me", new SandboxPriority("urgent", RequestedAck: true));
        Post(harness, "soon\nplease", new SandboxPriority("important"));
        Post(harness, "read it", new SandboxPriority("", RequestedAck: true));
        Post(harness, "odd", new SandboxPriority("b*d"));
        Post(harness, "plain", new SandboxPriority(null));
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.WarRoomAsync(texts => texts.Contains("plain"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        const string Author = "**First1 Last1 (@user1)**";
        var entries = harness.FromChat();
        Assert.StartsWith(
            $"{Author} (**Urgent**, acknowledgement requested): call me\n",
            entries[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith($"{Author} (**Important**):\n> soon\n> please\n", entries[1], StringComparison.Ordinal);
        Assert.StartsWith($"{Author} (acknowledgement requested): read it\n", entries[2], StringComparison.Ordinal);
        Assert.StartsWith($"{Author} (**B\\*d**): odd\n", entries[3], StringComparison.Ordinal);
        Assert.StartsWith($"{Author}: plain\n", entries[4], StringComparison.Ordinal);
        Assert.Equal(5, entries.Count);
    }

    [Fact]
    public async Task A_change_of_the_priority_is_an_entry_and_an_edit_of_the_text_shows_the_priority_too()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "call me");
        await harness.WarRoomAsync(texts => texts.Count == 1);
        harness.Sandbox.Mattermost.SetPriority(post.Id, new SandboxPriority("urgent"));
        await harness.WarRoomAsync(texts => texts.Count == 2);
        harness.Tick();
        harness.Sandbox.Mattermost.Edit(post.Id, "call me now");
        await harness.WarRoomAsync(texts => texts.Count == 3);
        harness.Tick();
        harness.Sandbox.Mattermost.SetPriority(post.Id, new SandboxPriority("urgent"));
        harness.Sandbox.Mattermost.Pin(post.Id);
        harness.Tick();
        harness.Sandbox.Mattermost.SetPriority(post.Id, null);
        await harness.WarRoomAsync(texts => texts.Count == 4);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        const string Author = "**First1 Last1 (@user1)**";
        var entries = harness.FromChat();
        Assert.StartsWith(
            $"The message of {Author} is now marked: **Urgent**.\n",
            entries[1],
            StringComparison.Ordinal
        );
        Assert.Contains($"/pl/{post.Id}), priority 20", entries[1], StringComparison.Ordinal);
        Assert.StartsWith($"{Author} (edited, **Urgent**): call me now\n", entries[2], StringComparison.Ordinal);
        Assert.StartsWith($"The message of {Author} has no priority any more.\n", entries[3], StringComparison.Ordinal);
        Assert.Equal(4, entries.Count);
    }

    [Fact]
    public async Task A_change_of_the_priority_while_nobody_listened_is_reported_once()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "call me");
        await harness.WarRoomAsync(texts => texts.Count == 1);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        for (var start = 0; start < 2; start++)
        {
            await harness.Service.Listener.StopAsync();
            harness.Tick();
            harness.Sandbox.Mattermost.SetPriority(post.Id, new SandboxPriority("important", RequestedAck: true));
            await harness.NewServiceAsync();
            await harness.Service.Listener.StartAsync(harness.Token);
            harness.Sandbox.Mattermost.Post("user1", "incident-1", $"end {start}");
            await harness.WarRoomAsync(texts => texts.Contains($"end {start}"));
            await harness.Service.SynchronizeAsync(null, harness.Token);
        }

        Assert.Single(
            harness.FromChat(),
            entry =>
                entry.Contains("is now marked: **Important**, acknowledgement requested.", StringComparison.Ordinal)
        );
        Assert.Equal(4, harness.FromChat().Count);
    }

    private static void Post(MirrorHarness harness, string text, SandboxPriority priority)
    {
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", text);
        harness.Sandbox.Mattermost.SetPriority(post.Id, priority);
        harness.Tick();
    }
}
