using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A pinned message is a note in the War Room.</summary>
public sealed class PinTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pin_marks_the_entry_as_a_note_and_unpinning_takes_that_back(bool notesKeepVersion)
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { Xsoar = new XsoarBehaviour { NotesKeepVersion = notesKeepVersion } }
        );
        var post = await PostedAsync(harness, "the plan");

        harness.Sandbox.Mattermost.Pin(post);
        await NotesAsync(harness, "the plan");
        harness.Sandbox.Mattermost.Pin(post, false);
        await NotesAsync(harness);

        Assert.Equal(["the plan"], harness.MirroredInWarRoom());
        Assert.Empty(harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_pin_of_the_bots_post_marks_the_entry_that_it_shows()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "analyst", "a finding");
        await harness.ChatAsync("incident-1", messages => messages.Count == 1);
        var post = harness
            .Sandbox.Mattermost.Messages("incident-1")
            .Single(found => found.Message.EndsWith("a finding", StringComparison.Ordinal));

        harness.Sandbox.Mattermost.Pin(post.Id);
        await harness.Sandbox.Xsoar.WhenAsync(_ => Entry(harness, entry.Id).Note, harness.Token);
        harness.Sandbox.Mattermost.Pin(post.Id, false);
        await harness.Sandbox.Xsoar.WhenAsync(_ => !Entry(harness, entry.Id).Note, harness.Token);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["a finding"], harness.MirroredInChat("incident-1"));
        Assert.Empty(harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task What_was_pinned_and_unpinned_while_nobody_listened_is_made_up_for()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var (first, second) = (await PostedAsync(harness, "first"), await PostedAsync(harness, "second"));
        harness.Sandbox.Mattermost.Pin(first);
        await NotesAsync(harness, "first");
        await harness.Service.Listener.StopAsync();

        harness.Sandbox.Mattermost.Pin(first, false);
        harness.Sandbox.Mattermost.Pin(second);
        var third = harness.Sandbox.Mattermost.Post("user2", "incident-1", "third");
        harness.Sandbox.Mattermost.Pin(third.Id);
        await harness.Service.Listener.StartAsync(harness.Token);

        await NotesAsync(harness, "second", "third");
        Assert.Equal(["first", "second", "third"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task A_pin_is_shown_when_the_War_Room_is_back_and_only_as_it_is_then()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var post = await PostedAsync(harness, "the plan");
        var other = await PostedAsync(harness, "another plan");
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/entry/note$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000,
            }
        );

        harness.Sandbox.Mattermost.Pin(post);
        await harness.MirrorIsAsync(mirror => mirror.LastError is not null);
        harness.Sandbox.Mattermost.Pin(other);
        harness.Sandbox.Mattermost.Pin(other, false);
        harness.Sandbox.Mattermost.Pin(other);
        harness.Sandbox.Faults.Clear();

        await NotesAsync(harness, "the plan", "another plan");
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 0, LastError: null });
    }

    [Fact]
    public async Task A_pin_of_a_message_from_before_the_mirror_began_marks_nothing()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.CreateChannel("user2", "incident-1", "incident-1");
        harness.Sandbox.Mattermost.AddMember("incident-1", "xsoarbot");
        var before = harness.Sandbox.Mattermost.Post("user2", "incident-1", "before");
        await harness.MirrorConnectedAsync(channel: "incident-1");

        harness.Sandbox.Mattermost.Pin(before.Id);
        var post = await PostedAsync(harness, "since", mirrored: true);
        harness.Sandbox.Mattermost.Pin(post);
        await NotesAsync(harness, "since");

        Assert.Equal(1, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry/note"));
    }

    private static async Task<string> PostedAsync(MirrorHarness harness, string text, bool mirrored = false)
    {
        if (!mirrored && harness.Service.GetMirrors().Count == 0)
            await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", text);
        await harness.WarRoomAsync(messages => messages.Contains(text));
        return post.Id;
    }

    private static Task NotesAsync(MirrorHarness harness, params string[] texts) =>
        harness.Sandbox.Xsoar.WhenAsync(
            _ =>
                harness.Sandbox.Xsoar.Entries("1").Where(entry => entry.Note).Select(entry => entry.Contents).ToList()
                    is var notes
                && notes.Count == texts.Length
                && texts.All(text => notes.Exists(note => note.Contains($": {text}\n", StringComparison.Ordinal))),
            harness.Token
        );

    private static SandboxEntry Entry(MirrorHarness harness, string id) =>
        harness.Sandbox.Xsoar.Entries("1").Single(entry => entry.Id == id);
}
