using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>People's reactions to a message, in the War Room of a mirror that was started with -Reactions.</summary>
public sealed class ReactionTests
{
    [Fact]
    public async Task Reactions_to_a_message_are_one_entry_that_is_kept_up_to_date()
    {
        await using var harness = await StartAsync();
        var post = await PostedAsync(harness, "shall we block it?");

        harness.Sandbox.Mattermost.React("user1", post, "thumbsup");
        await ReactionsAsync(harness, "👍 First1 Last1");
        harness.Sandbox.Mattermost.React("user3", post, "+1_medium_skin_tone");
        harness.Sandbox.Mattermost.React("user3", post, "tada");
        await ReactionsAsync(harness, "👍 First1 Last1 · 👍 Alan Turing · 🎉 Alan Turing");
        harness.Sandbox.Mattermost.Unreact("user1", post, "thumbsup");
        harness.Sandbox.Mattermost.Unreact("user3", post, "tada");
        harness.Sandbox.Mattermost.Unreact("user3", post, "+1_medium_skin_tone");
        await ReactionsAsync(harness, "none");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var entry = Assert.Single(Entries(harness));
        Assert.StartsWith("**Reactions** to the message of **Grace Hopper**: ", entry, StringComparison.Ordinal);
        Assert.Contains($"/panw/pl/{post}), reactions 20", entry, StringComparison.Ordinal);
        Assert.Empty(harness.MirroredInChat("incident-1"));
    }

    [Theory]
    [InlineData("jane", "**jane**")]
    [InlineData("o*b_rien @all", "**o\\*b_rien @all**")]
    public async Task Reactions_to_an_entry_of_the_War_Room_name_its_author_and_not_the_bot(string author, string shown)
    {
        await using var harness = await StartAsync();
        harness.Sandbox.Xsoar.AddEntry("1", author, "War room says hi");
        await harness.ChatAsync("incident-1", lines => lines.Contains("War room says hi"));
        var post = harness
            .Sandbox.Mattermost.Messages("incident-1")
            .Single(found => found.Message.Contains("War room says hi", StringComparison.Ordinal));

        harness.Sandbox.Mattermost.React("user1", post.Id, "thumbsup");
        await ReactionsAsync(harness, "👍 First1 Last1");

        Assert.StartsWith(
            $"**Reactions** to the entry of {shown}: ",
            Assert.Single(Entries(harness)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_the_switch_reactions_are_not_mirrored()
    {
        await using var harness = await StartAsync(reactions: false);
        var post = await PostedAsync(harness, "first");
        harness.Sandbox.Mattermost.React("user1", post, "thumbsup");
        await PostedAsync(harness, "second");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Empty(Entries(harness));
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("mattermost", "GET", $"/api/v4/posts/{post}"));
    }

    [Fact]
    public async Task Where_entries_cannot_be_edited_a_further_entry_replaces_the_one_before()
    {
        await using var harness = await StartAsync(new XsoarBehaviour { EditsMakeNewEntries = true });
        var post = await PostedAsync(harness, "first");

        harness.Sandbox.Mattermost.React("user1", post, "thumbsup");
        await ReactionsAsync(harness, "👍 First1 Last1");
        harness.Sandbox.Mattermost.React("user3", post, "thumbsup");
        await ReactionsAsync(harness, "👍 First1 Last1", "👍 First1 Last1, Alan Turing");
        harness.Sandbox.Mattermost.Unreact("user1", post, "thumbsup");
        await ReactionsAsync(harness, "👍 First1 Last1", "👍 First1 Last1, Alan Turing", "👍 Alan Turing");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        // Once was enough to learn that.
        Assert.Equal(1, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry$"));
        Assert.Empty(harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task Reactions_while_nobody_listened_are_made_up_for_and_a_restart_repeats_none()
    {
        await using var harness = await StartAsync();
        var post = await PostedAsync(harness, "first");
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.React("user1", post, "thumbsup");
        harness.Sandbox.Mattermost.React("user3", post, "thumbsup");
        harness.Sandbox.Mattermost.React("user3", post, "eyes");
        harness.Sandbox.Mattermost.Unreact("user3", post, "eyes");
        await harness.Service.Listener.StartAsync(harness.Token);
        await ReactionsAsync(harness, "👍 First1 Last1, Alan Turing");

        await harness.Service.Listener.StopAsync();
        var calls = harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry");
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Equal(calls, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry"));
        Assert.Single(Entries(harness));
    }

    [Theory]
    [InlineData("/entry/formatted$")]
    [InlineData("/entry$")]
    public async Task An_answer_that_is_lost_doubles_no_entry(string path)
    {
        await using var harness = await StartAsync();
        var post = await PostedAsync(harness, "first");
        if (path == "/entry$")
        {
            harness.Sandbox.Mattermost.React("user1", post, "thumbsup");
            await ReactionsAsync(harness, "👍 First1 Last1");
        }

        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = path,
                Kind = FaultKind.ActThenDrop,
                Count = 1,
            }
        );
        harness.Sandbox.Mattermost.React("user3", post, "tada");
        await harness.Sandbox.Xsoar.WhenAsync(
            _ => Entries(harness).Exists(entry => entry.Contains("🎉 Alan Turing", StringComparison.Ordinal)),
            harness.Token
        );
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Single(Entries(harness));
        Assert.Contains(harness.Log, record => record.Event == "AlreadyDelivered");
    }

    [Fact]
    public async Task Bots_do_not_count_and_people_react_to_what_came_from_the_War_Room_too()
    {
        await using var harness = await StartAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "analyst", "a finding");
        await harness.ChatAsync("incident-1", messages => messages.Count == 1);
        var post = harness
            .Sandbox.Mattermost.Messages("incident-1")
            .Single(found => found.Props.ContainsKey("xsoar_entry_id"));
        harness.Sandbox.Mattermost.React("xsoarbot", post.Id, "eyes");
        harness.Sandbox.Mattermost.React("user1", post.Id, "eyes");
        await ReactionsAsync(harness, "👀 First1 Last1");

        Assert.NotEmpty(entry.Id);
    }

    [Fact]
    public async Task Names_of_emoji_and_people_become_neither_commands_nor_markup()
    {
        await using var harness = await StartAsync();
        var post = await PostedAsync(harness, "first");
        harness.Sandbox.Mattermost.React("user1", post, "!kill");
        harness.Sandbox.Mattermost.React("user3", post, "%%%{\"action\":\"x\"}%%%");
        await harness.Sandbox.Xsoar.WhenAsync(
            _ => Entries(harness).Exists(entry => entry.Contains("Alan Turing", StringComparison.Ordinal)),
            harness.Token
        );
        harness.Sandbox.Mattermost.React("user3", post, "**bold**");
        await harness.Sandbox.Xsoar.WhenAsync(
            _ => Entries(harness).Exists(entry => entry.Contains("bold", StringComparison.Ordinal)),
            harness.Token
        );

        var entry = Assert.Single(Entries(harness));
        Assert.StartsWith("**Reactions** to", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("%%%", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("**bold**", entry, StringComparison.Ordinal);
        Assert.Empty(harness.Sandbox.Xsoar.ExecutedCommands);
    }

    private static async Task<MirrorHarness> StartAsync(XsoarBehaviour? behaviour = null, bool reactions = true)
    {
        var harness = await MirrorHarness.StartAsync(
            behaviour is null ? null : new SandboxOptions { Xsoar = behaviour }
        );
        await harness.MirrorConnectedAsync();
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                OptionalAspects = reactions ? [MessageAspect.Reactions] : [],
            },
            harness.Token
        );
        await harness.Service.SynchronizeAsync(null, harness.Token);
        return harness;
    }

    private static async Task<string> PostedAsync(MirrorHarness harness, string text)
    {
        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", text);
        await harness.WarRoomAsync(messages => messages.Contains(text));
        return post.Id;
    }

    private static List<string> Entries(MirrorHarness harness) =>
        harness
            .Sandbox.Xsoar.Entries("1")
            .Select(entry => entry.Contents)
            .Where(contents => contents.StartsWith("**Reactions**", StringComparison.Ordinal))
            .ToList();

    // Names as the sandbox's seed has them.
    private static Task ReactionsAsync(MirrorHarness harness, params string[] expected) =>
        harness.Sandbox.Xsoar.WhenAsync(
            _ =>
                Entries(harness)
                    .Select(entry => entry.Split('\n')[0].Split("**: ")[1])
                    .SequenceEqual(expected, StringComparer.Ordinal),
            harness.Token
        );
}
