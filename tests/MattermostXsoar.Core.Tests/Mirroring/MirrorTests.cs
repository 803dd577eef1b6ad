using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What goes which way, and how it looks there.</summary>
public sealed class MirrorTests
{
    [Theory]
    [InlineData("6.14.0")]
    [InlineData("8.9.0")]
    public async Task Messages_are_mirrored_both_ways(string xsoarVersion)
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { XsoarVersion = xsoarVersion });
        var mirror = await harness.MirrorConnectedAsync();
        Assert.Equal("incident-1", mirror.ChannelName);

        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "hello from the chat");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "hello from the War Room");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);

        var entry = harness.Sandbox.Xsoar.Entries("1")[^1];
        entry = harness
            .Sandbox.Xsoar.Entries("1")
            .Single(found => found.Contents.Contains("hello from the chat", StringComparison.Ordinal));
        Assert.Equal(
            $"**Grace Hopper (@user2)**: hello from the chat\n**From Mattermost** ([post]({harness.Sandbox.MattermostUri}panw/pl/{post.Id}))",
            entry.Contents
        );
        Assert.Equal("markdown", entry.Format);
        Assert.Contains(
            harness.Sandbox.Mattermost.Messages("incident-1"),
            message => message.Message == "**jane**: hello from the War Room"
        );
        Assert.Empty(harness.Sandbox.Xsoar.ExecutedCommands);
        var view = await harness.MirrorIsAsync(found => found is { FromChat: 1, FromWarRoom: 1, Pending: 0 });
        Assert.Equal((MirrorState.Active, 0L, null), (view.State, view.Failed, view.LastError));
    }

    [Fact]
    public async Task What_came_from_one_side_is_never_sent_back_to_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "two");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "by an older version\n**From MatterMost**");
        await harness.WarRoomAsync(lines => lines.Contains("one"));
        await harness.ChatAsync("incident-1", lines => lines.Contains("two"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["one"], harness.MirroredInWarRoom());
        Assert.Equal(["two"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task Bursts_of_several_people_arrive_complete_and_in_each_ones_order()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        string[] people = ["user1", "user2", "user3"];
        await Task.WhenAll(
            people.Select(person =>
                Task.Run(() =>
                {
                    for (var i = 0; i < 200; i++)
                        harness.Sandbox.Mattermost.Post(person, "incident-1", $"{person} {i}");
                })
            )
        );
        await Task.WhenAll(
            people.Select(person =>
                Task.Run(() =>
                {
                    for (var i = 0; i < 200; i++)
                        harness.Sandbox.Xsoar.AddEntry("1", person, $"{person} {i}");
                })
            )
        );
        await harness.WarRoomAsync(lines => lines.Count >= 600);
        await harness.ChatAsync("incident-1", lines => lines.Count >= 600);

        foreach (var person in people)
        {
            var expected = Enumerable.Range(0, 200).Select(i => $"{person} {i}").ToList();
            Assert.Equal(
                expected,
                harness.MirroredInWarRoom().Where(line => line.StartsWith(person, StringComparison.Ordinal))
            );
            Assert.Equal(
                expected,
                harness.MirroredInChat("incident-1").Where(line => line.StartsWith(person, StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public async Task What_was_written_before_is_not_mirrored_and_what_was_written_without_a_listener_is()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.Post("user1", "test", "before");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "before");
        await harness.MirrorConnectedAsync(channel: "test");
        harness.Sandbox.Mattermost.Post("user1", "test", "first");
        await harness.WarRoomAsync(lines => lines.Count == 1);

        await harness.Service.Listener.StopAsync();
        for (var i = 0; i < 450; i++)
        {
            harness.Sandbox.Mattermost.Post("user1", "test", $"away {i}");
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"away {i}");
        }

        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.WarRoomAsync(lines => lines.Count >= 451);
        await harness.ChatAsync("test", lines => lines.Count >= 450);
        var away = Enumerable.Range(0, 450).Select(i => $"away {i}").ToList();
        Assert.Equal(["first", .. away], harness.MirroredInWarRoom());
        Assert.Equal(away, harness.MirroredInChat("test"));
    }

    [Theory]
    [InlineData(MirrorDirection.FromDemisto, 0, 1)]
    [InlineData(MirrorDirection.ToDemisto, 1, 0)]
    public async Task A_direction_mirrors_one_way_only(MirrorDirection direction, int inWarRoom, int inChat)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Direction = direction,
                Channel = "test",
            },
            harness.Token
        );
        harness.Sandbox.Mattermost.Post("user1", "test", "from the chat");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "from the War Room");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(inWarRoom, harness.MirroredInWarRoom().Count);
        Assert.Equal(inChat, harness.MirroredInChat("test").Count);
    }

    [Fact]
    public async Task Type_chat_leaves_out_what_no_person_wrote()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Type = MirrorType.Chat,
                Channel = "test",
            },
            harness.Token
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "said");
        harness.Sandbox.Xsoar.AddEntry("1", "DBot", "result", category: "commandAndResults");
        harness.Sandbox.Xsoar.AddEntry("1", "", "playbook", category: "playbookTaskResult");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "noted", category: "commandAndResults", note: true);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["said", "noted"], harness.MirroredInChat("test"));
    }

    [Fact]
    public async Task Nothing_a_person_writes_in_the_chat_runs_in_the_War_Room_and_nothing_from_there_notifies()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        string[] hostile =
        [
            "!Print value=x",
            "/close",
            "@jane",
            "  !Print",
            "\u200B!Print value=x",
            "```\n!Print\n```",
        ];
        foreach (var line in hostile)
            harness.Sandbox.Mattermost.Post("user1", "incident-1", line);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "@all @channel @here @user1");
        await harness.WarRoomAsync(lines => lines.Count == hostile.Length);
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);

        Assert.Empty(harness.Sandbox.Xsoar.ExecutedCommands);
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry$"));
        Assert.Equal(
            "@\u200Ball @\u200Bchannel @\u200Bhere @\u200Buser1",
            Assert.Single(harness.MirroredInChat("incident-1"))
        );
    }

    [Fact]
    public async Task A_reply_quotes_what_it_replies_to_and_posts_of_bots_and_the_system_are_left_out()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var root = harness.Sandbox.Mattermost.Post("user2", "incident-1", "root line\nsecond");
        harness.Sandbox.Mattermost.Post("user3", "incident-1", "answer", root.Id);
        harness.Sandbox.Mattermost.CreateUser("otherbot", isBot: true);
        harness.Sandbox.Mattermost.AddToTeam("panw", "otherbot");
        harness.Sandbox.Mattermost.AddMember("incident-1", "otherbot");
        harness.Sandbox.Mattermost.Post("otherbot", "incident-1", "beep");
        await harness.WarRoomAsync(lines => lines.Count == 2);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var entries = harness
            .Sandbox.Xsoar.Entries("1")
            .Where(entry => entry.Contents.Contains("From Mattermost", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, entries.Count);
        Assert.StartsWith(
            "> **@user2**: root line …\n\n**Alan Turing (@user3)**: answer\n",
            entries[1].Contents,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reply_to_what_came_from_the_War_Room_quotes_its_author_there()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "who looks at it, @user1?");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Post(
            "user3",
            "incident-1",
            "I do",
            harness.Sandbox.Mattermost.Messages("incident-1")[^1].Id
        );
        await harness.WarRoomAsync(lines => lines.Count == 1);

        Assert.StartsWith(
            "> **jane**: who looks at it, @user1?\n\n**Alan Turing (@user3)**: I do\n",
            harness.FromChat()[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_long_entry_comes_as_a_thread_of_parts()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var text = string.Join("\n", Enumerable.Range(0, 4000).Select(i => $"row number {i}"));
        harness.Sandbox.Xsoar.AddEntry("1", "jane", text);
        await harness.ChatAsync("incident-1", lines => lines.Sum(line => line.Split('\n').Length) >= 4000);

        var posts = harness
            .Sandbox.Mattermost.Messages("incident-1")
            .Where(post => post.Props.ContainsKey("xsoar_entry_id"))
            .ToList();
        Assert.True(posts.Count > 1);
        Assert.All(posts.Skip(1), post => Assert.Equal(posts[0].Id, post.RootId));
        Assert.Equal(text, string.Join("\n", posts.Select(post => post.Message))["**jane**: ".Length..]);
    }

    [Fact]
    public async Task A_War_Room_that_shows_no_change_is_read_all_the_same()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { EntriesTouchIncident = false },
            MirrorHarness.Quick with
            {
                Sweep = TimeSpan.FromMilliseconds(100),
            }
        );
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "unseen change");
        await harness.ChatAsync("incident-1", lines => lines.Contains("unseen change"));
    }
}
