using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>How mirrors are started and stopped by people.</summary>
public sealed class MirrorStartTests
{
    [Fact]
    public async Task The_first_message_and_the_channel_are_as_people_know_them()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorAsync("2");
        var channel = harness.Sandbox.Mattermost.Channel("incident-2");
        Assert.Equal("P", channel.Type);
        Assert.Equal(
            $"This channel was created to mirror incident 2. \n View it on: {harness.Sandbox.XsoarUri}#/WarRoom/2",
            Assert.Single(harness.Sandbox.Mattermost.Messages("incident-2")).Message
        );

        await harness.Service.StartMirrorAsync(
            harness.Request("3") with
            {
                Private = false,
                Channel = "War Room 3",
            },
            harness.Token
        );
        Assert.Equal(
            ("O", "War Room 3"),
            (
                harness.Sandbox.Mattermost.Channel("war-room-3").Type,
                harness.Sandbox.Mattermost.Channel("war-room-3").DisplayName
            )
        );
    }

    [Fact]
    public async Task KickAdmin_removes_the_administrator_and_the_mirror_goes_on()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { KickAdmin = true }, harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
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
    public async Task A_mirror_on_a_channel_without_the_bot_adds_it_and_logs_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");

        await harness.MirrorAsync(channel: "closed");

        Assert.Contains(harness.BotUserId, harness.Sandbox.Mattermost.Channel("closed").MemberIds);
        lock (harness.Log)
            Assert.Equal(
                "The bot @xsoarbot was not in the channel 'closed': the personal token added it.",
                Assert.Single(harness.Log, record => record.Event == "BotAdded").Message
            );
    }

    [Fact]
    public async Task Stopped_where_no_listener_runs_a_pass_delivers_what_was_written_before()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var service = await harness.NewServiceAsync(noListener: true);
        await service.StartMirrorAsync(harness.Request(), harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "from the chat");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "from the War Room");

        await service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: true, harness.Token);

        Assert.Equal(["from the chat"], harness.MirroredInWarRoom());
        Assert.Equal(["from the War Room"], harness.MirroredInChat("incident-1"));
        Assert.Equal(MirrorState.Stopped, service.GetMirrors()[0].State);
        lock (harness.Log)
            Assert.DoesNotContain(harness.Log, record => record.Event == "MirrorStopIncomplete");
    }

    [Fact]
    public async Task Stopped_where_no_listener_runs_and_a_server_is_down_it_warns_that_something_may_be_missing()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var service = await harness.NewServiceAsync(noListener: true);
        await service.StartMirrorAsync(harness.Request(), harness.Token);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );

        await service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: false, harness.Token);

        Assert.Equal(MirrorState.Stopped, service.GetMirrors()[0].State);
        lock (harness.Log)
        {
            var record = Assert.Single(harness.Log, found => found.Event == "MirrorStopIncomplete");
            Assert.Equal(ListenerLogLevel.Warning, record.Level);
            Assert.Contains("No listener runs", record.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stopped_it_stays_listed_and_started_again_it_goes_on_from_then()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: false, harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "unheard");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "unheard");
        Assert.Equal(
            (MirrorState.Stopped, "Stopped by a person."),
            (harness.Service.GetMirrors()[0].State, harness.Service.GetMirrors()[0].Reason)
        );

        await harness.MirrorAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "heard");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "heard");
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Equal(["heard"], harness.MirroredInWarRoom());
        Assert.Equal(["heard"], harness.MirroredInChat("incident-1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Started_again_without_a_setting_it_keeps_it(bool isStopped)
    {
        await using var harness = await MirrorHarness.StartAsync();
        var request = harness.Request() with
        {
            Type = MirrorType.Chat,
            Direction = MirrorDirection.ToDemisto,
            AutoClose = false,
            AllowedMentions = ["jane"],
            OptionalAspects = [MessageAspect.Reactions],
        };
        await harness.Service.StartMirrorAsync(request, harness.Token);
        if (isStopped)
            await harness.Service.StopMirrorsAsync("1", null, "Stopped.", closeChannel: false, harness.Token);

        var again = await harness.MirrorAsync();

        Assert.Equal(
            (MirrorType.Chat, MirrorDirection.ToDemisto, false, MirrorState.Active),
            (again.Type, again.Direction, again.AutoClose, again.State)
        );
        Assert.Equal(["jane"], again.AllowedMentions);
        Assert.Equal(["Pin", "Reactions"], again.Annotations);
    }

    [Fact]
    public async Task What_was_written_before_a_stop_is_delivered()
    {
        await using var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                StopGrace = MirrorHarness.Deadline,
            }
        );
        await harness.MirrorConnectedAsync();
        for (var i = 0; i < 100; i++)
        {
            harness.Sandbox.Mattermost.Post("user1", "incident-1", $"there {i}");
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"back {i}");
        }

        await harness.Service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: true, harness.Token);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"there {i}"), harness.MirroredInWarRoom());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"back {i}"), harness.MirroredInChat("incident-1"));
        Assert.Equal(
            (MirrorState.Stopped, 0L),
            (harness.Service.GetMirrors()[0].State, harness.Service.GetMirrors()[0].Pending)
        );
        Assert.NotEqual(0, harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt);
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_mirror_whose_servers_do_not_answer_is_stopped_all_the_same()
    {
        await using var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                StopGrace = TimeSpan.FromMilliseconds(200),
            }
        );
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "later");

        await harness.Service.StopMirrorsAsync("1", null, "Stopped by a person.", closeChannel: false, harness.Token);

        Assert.Equal(MirrorState.Stopped, harness.Service.GetMirrors()[0].State);
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

        Assert.Equal(["for both"], harness.MirroredInWarRoom("1"));
        Assert.Equal(["for both"], harness.MirroredInWarRoom("2"));
        Assert.Equal(["from one", "from two"], harness.MirroredInChat("test").Order());
    }

    [Theory]
    [InlineData("99", ErrorIds.InvestigationNotFound)]
    [InlineData("playground", ErrorIds.PlaygroundNotSupported)]
    [InlineData("closed", ErrorIds.InvestigationClosed)]
    public async Task An_investigation_that_cannot_be_mirrored_is_reported_before_anything_is_changed(
        string which,
        string errorId
    )
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Xsoar.Close("3");
        var id = which switch
        {
            "playground" => harness.Sandbox.Xsoar.PlaygroundId,
            "closed" => "3",
            _ => which,
        };
        var channels = harness.Sandbox.Mattermost.Channels.Count;
        var error = await Assert.ThrowsAnyAsync<MattermostXsoarException>(() => harness.MirrorAsync(id));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(id, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice!);
        Assert.Equal(channels, harness.Sandbox.Mattermost.Channels.Count);
        Assert.Empty(harness.Service.GetMirrors());
    }

    [Fact]
    public async Task What_another_type_left_out_is_not_mirrored_when_the_type_is_changed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { Type = MirrorType.Chat }, harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "a command's result", category: "commandAndResults");
        harness.Tick();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "one");
        await harness.ChatAsync("incident-1", lines => lines.Contains("one"));

        await harness.Service.StartMirrorAsync(harness.Request() with { Type = MirrorType.All }, harness.Token);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "another result", category: "commandAndResults");
        await harness.ChatAsync("incident-1", lines => lines.Contains("another result"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["one", "another result"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_channel_that_is_given_by_its_id_is_mirrored_in_its_own_team()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.CreateTeam("other", "Other", "admin");
        harness.Sandbox.Mattermost.AddToTeam("other", "user1");
        var channel = harness.Sandbox.Mattermost.CreateChannel("admin", "far", "Far", team: "other");

        var mirror = await harness.MirrorAsync(channel: channel.Id);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.AddMember(channel.Id, "user1");
        harness.Sandbox.Mattermost.Post("user1", channel.Id, "hello");
        await harness.WarRoomAsync(lines => lines.Contains("hello"));

        Assert.Equal("other", mirror.Team);
        Assert.Contains("/other/pl/", harness.FromChat()[0], StringComparison.Ordinal);
    }

    /// <summary>Newer servers allow names that this module gives no channel itself.</summary>
    [Theory]
    [InlineData("soc_")]
    [InlineData("q")]
    [InlineData("Soc-")]
    public async Task A_channel_whose_name_the_module_would_not_choose_is_found_by_it(string typed)
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });
        harness.Sandbox.Mattermost.CreateChannel("admin", "soc", "Another");
        var channel = harness.Sandbox.Mattermost.CreateChannel("admin", typed.ToLowerInvariant(), "Meant");

        Assert.Equal(channel.Id, (await harness.MirrorAsync(channel: typed)).ChannelId);
    }

    [Fact]
    public async Task A_direct_message_is_not_mirrored()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var direct = harness.Sandbox.Mattermost.Direct("admin", "user1");

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.MirrorAsync(channel: direct.Id));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Empty(harness.Service.GetMirrors());
    }

    [Theory]
    [InlineData("###", null)]
    [InlineData("\U0001F525 !", null)]
    [InlineData(null, "a b")]
    [InlineData(null, "jane,")]
    public async Task A_channels_name_or_a_mention_that_cannot_be_one_is_refused(string? channel, string? mention)
    {
        await using var harness = await MirrorHarness.StartAsync();
        var channels = harness.Sandbox.Mattermost.Channels.Count;

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.StartMirrorAsync(
                harness.Request() with
                {
                    Channel = channel,
                    AllowedMentions = mention is null ? [] : [mention],
                },
                harness.Token
            )
        );

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains($"'{channel ?? mention}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(channels, harness.Sandbox.Mattermost.Channels.Count);
    }
}
