using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

public sealed class MirrorTests
{
    [Theory]
    [InlineData("6.14.0")]
    [InlineData("8.9.0")]
    public async Task Lines_go_both_ways(string xsoarVersion)
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { XsoarVersion = xsoarVersion });
        var mirror = await harness.MirrorConnectedAsync();
        Assert.Equal("incident-1", mirror.ChannelName);

        var post = harness.Sandbox.Mattermost.Post("user2", "incident-1", "hello from the chat");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "hello from the War Room");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);

        var entry = harness.Sandbox.Xsoar.Entries("1")[^1];
        entry = harness.Sandbox.Xsoar.Entries("1").Single(found => found.Contents.Contains("hello from the chat", StringComparison.Ordinal));
        Assert.Equal(
            $"**Grace Hopper (@user2)**: hello from the chat\n**From Mattermost** ([post]({harness.Sandbox.MattermostUri}panw/pl/{post.Id}))",
            entry.Contents);
        Assert.Equal("markdown", entry.Format);
        Assert.Contains(harness.Sandbox.Mattermost.Messages("incident-1"), said => said.Message == "**jane**: hello from the War Room");
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

        Assert.Equal(["one"], harness.SaidInWarRoom());
        Assert.Equal(["two"], harness.SaidInChat("incident-1"));
    }

    [Fact]
    public async Task Bursts_of_several_people_arrive_complete_and_in_each_ones_order()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        string[] people = ["user1", "user2", "user3"];
        await Task.WhenAll(people.Select(person => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
                harness.Sandbox.Mattermost.Post(person, "incident-1", $"{person} {i}");
        })));
        await Task.WhenAll(people.Select(person => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
                harness.Sandbox.Xsoar.AddEntry("1", person, $"{person} {i}");
        })));
        await harness.WarRoomAsync(lines => lines.Count >= 600);
        await harness.ChatAsync("incident-1", lines => lines.Count >= 600);

        foreach (var person in people)
        {
            var expected = Enumerable.Range(0, 200).Select(i => $"{person} {i}").ToList();
            Assert.Equal(expected, harness.SaidInWarRoom().Where(line => line.StartsWith(person, StringComparison.Ordinal)));
            Assert.Equal(expected, harness.SaidInChat("incident-1").Where(line => line.StartsWith(person, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task What_was_said_before_is_not_carried_and_what_was_said_while_the_listener_was_away_is()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.Post("user1", "test", "before");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "before");
        await harness.MirrorConnectedAsync(channel: "test");
        harness.Sandbox.Mattermost.Post("user1", "test", "first");
        await harness.WarRoomAsync(lines => lines.Count == 1);

        await harness.Service.StopListenerAsync();
        for (var i = 0; i < 450; i++)
        {
            harness.Sandbox.Mattermost.Post("user1", "test", $"away {i}");
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"away {i}");
        }

        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.WarRoomAsync(lines => lines.Count >= 451);
        await harness.ChatAsync("test", lines => lines.Count >= 450);
        var away = Enumerable.Range(0, 450).Select(i => $"away {i}").ToList();
        Assert.Equal(["first", .. away], harness.SaidInWarRoom());
        Assert.Equal(away, harness.SaidInChat("test"));
    }

    [Theory]
    [InlineData(MirrorDirection.FromDemisto, 0, 1)]
    [InlineData(MirrorDirection.ToDemisto, 1, 0)]
    public async Task A_direction_carries_one_way_only(MirrorDirection direction, int inWarRoom, int inChat)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { Direction = direction, Channel = "test" }, harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "test", "from the chat");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "from the War Room");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(inWarRoom, harness.SaidInWarRoom().Count);
        Assert.Equal(inChat, harness.SaidInChat("test").Count);
    }

    [Fact]
    public async Task Type_chat_leaves_out_what_no_person_said()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { Type = MirrorType.Chat, Channel = "test" }, harness.Token);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "said");
        harness.Sandbox.Xsoar.AddEntry("1", "DBot", "result", category: "commandAndResults");
        harness.Sandbox.Xsoar.AddEntry("1", "", "playbook", category: "playbookTaskResult");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "noted", category: "commandAndResults", note: true);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["said", "noted"], harness.SaidInChat("test"));
    }

    [Fact]
    public async Task Nothing_a_person_writes_in_the_chat_runs_in_the_War_Room_and_nothing_from_there_pings()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        string[] hostile = ["!Print value=x", "/close", "@jane", "  !Print", "\u200B!Print value=x", "```\n!Print\n```"];
        foreach (var line in hostile)
            harness.Sandbox.Mattermost.Post("user1", "incident-1", line);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "@all @channel @here @user1");
        await harness.WarRoomAsync(lines => lines.Count == hostile.Length);
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);

        Assert.Empty(harness.Sandbox.Xsoar.ExecutedCommands);
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry$"));
        Assert.Equal("@\u200Ball @\u200Bchannel @\u200Bhere @\u200Buser1", Assert.Single(harness.SaidInChat("incident-1")));
    }

    [Fact]
    public async Task A_reply_quotes_what_it_replies_to_and_bots_webhooks_and_system_lines_are_left_out()
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

        var entries = harness.Sandbox.Xsoar.Entries("1").Where(entry => entry.Contents.Contains("From Mattermost", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, entries.Count);
        Assert.StartsWith("> **@user2**: root line …\n\n**Alan Turing (@user3)**: answer\n", entries[1].Contents, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_to_what_came_from_the_War_Room_quotes_its_author_there()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "who looks at it, @user1?");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        harness.Sandbox.Mattermost.Post("user3", "incident-1", "I do", harness.Sandbox.Mattermost.Messages("incident-1")[^1].Id);
        await harness.WarRoomAsync(lines => lines.Count == 1);

        Assert.StartsWith("> **jane**: who looks at it, @user1?\n\n**Alan Turing (@user3)**: I do\n", harness.FromChat()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_entry_comes_as_a_thread_of_parts()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var text = string.Join("\n", Enumerable.Range(0, 4000).Select(i => $"row number {i}"));
        harness.Sandbox.Xsoar.AddEntry("1", "jane", text);
        await harness.ChatAsync("incident-1", lines => lines.Sum(line => line.Split('\n').Length) >= 4000);

        var posts = harness.Sandbox.Mattermost.Messages("incident-1").Where(post => post.Props.ContainsKey("xsoar_entry_id")).ToList();
        Assert.True(posts.Count > 1);
        Assert.All(posts.Skip(1), post => Assert.Equal(posts[0].Id, post.RootId));
        Assert.Equal(text, string.Join("\n", posts.Select(post => post.Message))["**jane**: ".Length..]);
    }

    [Fact]
    public async Task The_first_message_and_the_channel_are_as_people_know_them()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorAsync("2");
        var channel = harness.Sandbox.Mattermost.Channel("incident-2");
        Assert.Equal("P", channel.Type);
        Assert.Equal(
            $"This channel was created to mirror incident 2. \n View it on: {harness.Sandbox.XsoarUri}#/WarRoom/2",
            Assert.Single(harness.Sandbox.Mattermost.Messages("incident-2")).Message);

        await harness.Service.StartMirrorAsync(harness.Request("3") with { Private = false, Channel = "War Room 3" }, harness.Token);
        Assert.Equal(("O", "War Room 3"), (harness.Sandbox.Mattermost.Channel("war-room-3").Type, harness.Sandbox.Mattermost.Channel("war-room-3").DisplayName));
    }

    [Fact]
    public async Task KickAdmin_takes_the_administrator_out_and_the_mirror_goes_on()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { KickAdmin = true }, harness.Token);
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "still here");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "here too");

        await harness.WarRoomAsync(lines => lines.Contains("still here"));
        await harness.ChatAsync("incident-1", lines => lines.Contains("here too"));
        Assert.Equal(1, harness.Sandbox.Calls.CountOf("mattermost", "DELETE", "/members/"));
    }

    [Fact]
    public async Task Started_again_with_another_name_the_channel_is_renamed_and_a_taken_name_changes_nothing()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorConnectedAsync();
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.MirrorAsync(channel: "alerts"));
        Assert.Equal(ErrorIds.ChannelExists, error.ErrorId);
        Assert.Equal("incident-1", harness.Sandbox.Mattermost.Channel(mirror.ChannelId).Name);

        var renamed = await harness.MirrorAsync(channel: "case-one");
        Assert.Equal((mirror.ChannelId, "case-one"), (renamed.ChannelId, renamed.ChannelName));
        harness.Sandbox.Mattermost.Post("user1", "case-one", "after");
        await harness.WarRoomAsync(lines => lines.SequenceEqual(["after"]));
        Assert.Single(harness.Service.GetMirrors());
    }

    [Fact]
    public async Task Stopped_it_stays_listed_and_started_again_it_goes_on_from_then()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: false, harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "unheard");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "unheard");
        Assert.Equal((MirrorState.Stopped, "Stopped by a person."), (harness.Service.GetMirrors()[0].State, harness.Service.GetMirrors()[0].Reason));

        await harness.MirrorAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "heard");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "heard");
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Equal(["heard"], harness.SaidInWarRoom());
        Assert.Equal(["heard"], harness.SaidInChat("incident-1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_investigation_closes_everything_said_comes_first_then_the_notice_then_the_end(bool autoClose)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = autoClose }, harness.Token);
        for (var i = 0; i < 50; i++)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"line {i}");
        harness.Sandbox.Xsoar.Close("1");

        var mirror = await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        Assert.Contains("Investigation 1 was closed at", mirror.Reason, StringComparison.Ordinal);
        var posts = harness.Sandbox.Mattermost.Messages("incident-1").Select(post => post.Message).ToList();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"**jane**: line {i}"), posts.Skip(1).Take(50));
        Assert.StartsWith("Investigation 1 was closed.", Assert.Single(posts.Skip(51)), StringComparison.Ordinal);
        Assert.Equal(autoClose, harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt > 0);
    }

    [Fact]
    public async Task Reopened_it_says_so_and_goes_on()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = false, Channel = "test" }, harness.Token);
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        harness.Sandbox.Xsoar.Reopen("1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Active);
        harness.Sandbox.Mattermost.Post("user1", "test", "back again");

        await harness.WarRoomAsync(lines => lines.Contains("back again"));
        await harness.Sandbox.Mattermost.WhenAsync(
            world => world.Messages("test").Any(post => post.Message == "Investigation 1 was reopened. Lines are mirrored again."), harness.Token);
    }

    [Fact]
    public async Task Several_investigations_may_share_a_channel()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorAsync("1", "test");
        await harness.MirrorAsync("2", "test");
        harness.Sandbox.Mattermost.Post("user1", "test", "for both");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "from one");
        harness.Sandbox.Xsoar.AddEntry("2", "jane", "from two");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["for both"], harness.SaidInWarRoom("1"));
        Assert.Equal(["for both"], harness.SaidInWarRoom("2"));
        Assert.Equal(["from one", "from two"], harness.SaidInChat("test").Order());
    }

    [Fact]
    public async Task A_pass_without_a_listener_carries_what_is_there_and_leaves()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.NewServiceAsync(noListener: true);
        await harness.MirrorAsync(channel: "test");
        Assert.Equal(ListenerState.Stopped, harness.Service.GetListener().State);
        harness.Sandbox.Mattermost.Post("user1", "test", "one");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "two");
        var (mirrors, failures) = await harness.Service.SynchronizeAsync(["1"], harness.Token);

        Assert.Empty(failures);
        Assert.Equal((1L, 1L, 0L), (mirrors[0].FromChat, mirrors[0].FromWarRoom, mirrors[0].Pending));
        Assert.Equal(["one"], harness.SaidInWarRoom());
        Assert.Equal(["two"], harness.SaidInChat("test"));
        Assert.Equal(0, harness.Sandbox.Mattermost.ConnectionCount);
    }

    [Fact]
    public async Task A_mirror_started_by_another_process_is_taken_up_by_the_one_that_listens()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var listening = harness.Service;
        await listening.StartListenerAsync(harness.Token);
        await listening.WaitListenerAsync(ListenerState.Connected, harness.Token);
        await harness.NewServiceAsync();
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.Service.StartListenerAsync(harness.Token));
        Assert.Equal(ErrorIds.ListenerAlreadyRunning, error.ErrorId);

        await harness.MirrorAsync(channel: "test");
        harness.Sandbox.Mattermost.Post("user1", "test", "handed over");
        await harness.WarRoomAsync(lines => lines.Contains("handed over"));
        error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.Service.SynchronizeAsync(null, harness.Token));
        Assert.Equal(ErrorIds.ListenerAlreadyRunning, error.ErrorId);
    }

    [Theory]
    [InlineData("99", ErrorIds.InvestigationNotFound)]
    [InlineData("playground", ErrorIds.PlaygroundNotSupported)]
    [InlineData("closed", ErrorIds.InvestigationClosed)]
    public async Task An_investigation_that_cannot_be_mirrored_is_told_before_anything_is_changed(string which, string errorId)
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Xsoar.Close("3");
        var id = which switch { "playground" => harness.Sandbox.Xsoar.PlaygroundId, "closed" => "3", _ => which };
        var channels = harness.Sandbox.Mattermost.Channels.Count;
        var error = await Assert.ThrowsAnyAsync<MattermostXsoarException>(() => harness.MirrorAsync(id));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(id, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice!);
        Assert.Equal(channels, harness.Sandbox.Mattermost.Channels.Count);
        Assert.Empty(harness.Service.GetMirrors());
    }

    [Fact]
    public async Task A_War_Room_that_shows_no_change_is_read_all_the_same()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { EntriesTouchIncident = false }, MirrorHarness.Quick with { Sweep = TimeSpan.FromMilliseconds(100) });
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "unseen change");
        await harness.ChatAsync("incident-1", lines => lines.Contains("unseen change"));
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_pass_over_a_mirror_that_is_held_up_ends_and_says_by_what()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync(channel: "test");
        harness.Sandbox.Mattermost.Archive("test");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "waits");
        var (mirrors, failures) = await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(ErrorIds.MirrorHeldUp, Assert.IsType<MattermostXsoarException>(failures["1"]).ErrorId);
        Assert.Contains("archived", failures["1"].Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(mirrors).Pending);

        harness.Sandbox.Mattermost.Restore("test");
        await harness.ChatAsync("test", lines => lines.Contains("waits"));
    }

    [Fact]
    public async Task Waiting_for_a_listener_that_has_ended_to_connect_is_an_error()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.Service.StopListenerAsync();
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token));
        Assert.Equal(ErrorIds.ListenerFailed, error.ErrorId);
    }
}
