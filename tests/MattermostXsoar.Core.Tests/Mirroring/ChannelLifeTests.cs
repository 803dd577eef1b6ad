using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What becomes of a mirror when something becomes of its channel or its investigation, and what people
/// see.</summary>
public sealed class ChannelLifeTests
{
    [Fact]
    public async Task A_renamed_channel_keeps_its_mirror_whose_name_follows()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Rename("incident-1", "Case One", "case-one");
        await harness.MirrorIsAsync(mirror => mirror.ChannelName == "case-one");
        harness.Sandbox.Mattermost.Post("user1", "case-one", "after");
        await harness.WarRoomAsync(lines => lines.SequenceEqual(["after"]));
    }

    [Fact]
    public async Task A_channel_renamed_while_nobody_listened_is_known_by_its_new_name()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.Rename("incident-1", "Case One", "case-one");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.MirrorIsAsync(mirror => mirror.ChannelName == "case-one");
    }

    [Fact]
    public async Task An_archived_channel_pauses_its_mirror_at_once_and_a_restored_one_goes_on_with_what_was_written()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Archive("incident-1");
        var paused = await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
        Assert.StartsWith("The channel 'incident-1' is archived. Restore it", paused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(mirror.ChannelId, paused.Reason, StringComparison.Ordinal);

        harness.Sandbox.Xsoar.AddEntry("1", "jane", "meanwhile");
        await harness.MirrorIsAsync(found => found.Pending == 1);
        harness.Sandbox.Mattermost.Restore("incident-1");
        await harness.ChatAsync("incident-1", lines => lines.Contains("meanwhile"));
        Assert.Null((await harness.MirrorIsAsync(found => found.State == MirrorState.Active)).Reason);
    }

    [Fact]
    public async Task A_channel_archived_while_nobody_listened_is_found_at_the_start()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.Archive("incident-1");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        var paused = await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);

        Assert.Contains("is archived", paused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_was_removed_pauses_the_mirror_and_added_back_it_goes_on_with_what_was_posted()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.RemoveMember("incident-1", harness.Sandbox.Options.Seed.Bot);
        var paused = await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);
        Assert.Contains(
            $"The bot @{harness.Sandbox.Options.Seed.Bot} was removed from the channel 'incident-1'.",
            paused.Reason,
            StringComparison.Ordinal
        );

        harness.Sandbox.Mattermost.Post("user1", "incident-1", "behind its back");
        harness.Sandbox.Mattermost.AddMember("incident-1", harness.Sandbox.Options.Seed.Bot);
        await harness.WarRoomAsync(lines => lines.Contains("behind its back"));
        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Reason: null });
    }

    [Fact]
    public async Task A_bot_that_was_removed_is_added_again_for_an_entry_from_the_War_Room()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.RemoveMember("incident-1", harness.Sandbox.Options.Seed.Bot);
        await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "urgent");
        await harness.ChatAsync("incident-1", lines => lines.Contains("urgent"));
        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Reason: null });
    }

    [Fact]
    public async Task A_bot_that_is_no_longer_in_the_team_is_the_reason_shown()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var bot = harness.Sandbox.Options.Seed.Bot;
        harness.Sandbox.Mattermost.RemoveFromTeam("panw", bot);
        // A call of the bot's may be refused before the channel is looked at: that is the reason until then.
        await harness.MirrorIsAsync(mirror =>
            mirror is { State: MirrorState.Paused, Reason: { } reason }
            && reason.StartsWith($"The bot @{bot} is no longer in the team 'panw'", StringComparison.Ordinal)
        );

        harness.Sandbox.Mattermost.Post("user1", "incident-1", "behind its back");
        harness.Sandbox.Mattermost.AddToTeam("panw", bot);
        await harness.MirrorIsAsync(mirror =>
            mirror.Reason?.Contains("was removed from the channel", StringComparison.Ordinal) == true
        );
        harness.Sandbox.Mattermost.AddMember("incident-1", bot);
        await harness.WarRoomAsync(lines => lines.Contains("behind its back"));
        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Reason: null });
    }

    [Fact]
    public async Task A_bot_that_was_removed_from_the_team_is_added_again_for_an_entry_from_the_War_Room()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.RemoveFromTeam("panw", harness.Sandbox.Options.Seed.Bot);
        await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);

        harness.Sandbox.Xsoar.AddEntry("1", "jane", "urgent");

        await harness.ChatAsync("incident-1", lines => lines.Contains("urgent"));
        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Reason: null });
        lock (harness.Log)
            Assert.Contains(harness.Log, record => record.Event == "BotRejoined");
    }

    [Fact]
    public async Task An_archived_team_pauses_its_mirrors_until_it_is_restored()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await SendAsync(harness, HttpMethod.Delete, $"api/v4/teams/{harness.Team.Id}");
        var paused = await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);
        Assert.Contains("or the team is archived", paused.Reason, StringComparison.Ordinal);

        await SendAsync(harness, HttpMethod.Post, $"api/v4/teams/{harness.Team.Id}/restore");
        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Reason: null });
    }

    [Theory]
    [InlineData("O", "P")]
    [InlineData("P", "O")]
    public async Task A_channel_made_private_keeps_its_mirror(string before, string after)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { Private = before == "P" }, harness.Token);
        await harness.Service.Listener.WaitAsync(Core.Mirroring.Models.ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
        await SendAsync(
            harness,
            HttpMethod.Put,
            $"api/v4/channels/{harness.Sandbox.Mattermost.Channel("incident-1").Id}/privacy",
            $$"""{"privacy":"{{after}}"}"""
        );
        Assert.Equal(after, harness.Sandbox.Mattermost.Channel("incident-1").Type);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "after");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "after");
        await harness.WarRoomAsync(lines => lines.Contains("after"));
        await harness.ChatAsync("incident-1", lines => lines.Contains("after"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(
            (MirrorState.Active, null),
            (harness.Service.GetMirrors()[0].State, harness.Service.GetMirrors()[0].Reason)
        );
    }

    [Fact]
    public async Task A_deleted_investigation_pauses_its_mirror_with_the_reason()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.Delete("1");
        // A reading that was under way may find it before the search, with the reason that XSOAR gave.
        await harness.MirrorIsAsync(IsMissing);
    }

    [Fact]
    public async Task A_deleted_investigation_is_the_reason_although_a_reading_failed_before_the_search_missed_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var fault = harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/search$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = int.MaxValue,
            }
        );
        await harness.MirrorIsAsync(mirror => mirror.LastError is not null);
        harness.Sandbox.Xsoar.Delete("1");
        var reading = harness.Service.SynchronizeAsync(null, harness.Token);
        var paused = await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);
        Assert.False(IsMissing(paused), paused.Reason);

        harness.Sandbox.Faults.Remove(fault.Id);
        await harness.MirrorIsAsync(IsMissing);
        var (_, failures) = await reading;
        Assert.Equal(
            ErrorIds.MirrorIncomplete,
            Assert.IsType<MattermostXsoarException>(Assert.Single(failures).Value).ErrorId
        );
        Assert.True(IsMissing(await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused)));
    }

    [Fact]
    public async Task Type_and_direction_may_change_while_it_runs_and_no_message_is_lost_or_doubled()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "one");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Contains("one"));
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Direction = MirrorDirection.FromDemisto,
            },
            harness.Token
        );
        harness.Sandbox.Xsoar.AddEntry("1", "", "by a playbook", category: "playbookTaskResult");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "not carried");
        await harness.ChatAsync("incident-1", lines => lines.Contains("by a playbook"));
        var changed = await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Type = MirrorType.Chat,
                Direction = MirrorDirection.Both,
            },
            harness.Token
        );
        Assert.Equal(
            (MirrorType.Chat, MirrorDirection.Both, MirrorState.Active),
            (changed.Type, changed.Direction, changed.State)
        );
        harness.Sandbox.Xsoar.AddEntry("1", "", "by a playbook again", category: "playbookTaskResult");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "two");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "two");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["one", "by a playbook", "two"], harness.MirroredInChat("incident-1"));
        Assert.Equal(["one", "two"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task Several_investigations_on_one_channel_each_get_what_is_posted_in_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync("1", "test");
        await harness.MirrorConnectedAsync("2", "test");
        var post = harness.Sandbox.Mattermost.Post("user1", "test", "for both");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "from one");
        harness.Sandbox.Xsoar.AddEntry("2", "jane", "from two");
        await harness.WarRoomAsync(lines => lines.Contains("for both"), "1");
        await harness.WarRoomAsync(lines => lines.Contains("for both"), "2");
        harness.Sandbox.Mattermost.Edit(post.Id, "for both, edited");
        await harness.WarRoomAsync(lines => lines.SequenceEqual(["for both", "for both, edited"]), "1");
        await harness.WarRoomAsync(lines => lines.SequenceEqual(["for both", "for both, edited"]), "2");
        await harness.ChatAsync("test", lines => lines.Count == 2);

        Assert.Equal(2, harness.Service.GetMirrors(channel: "test").Count);
    }

    [Fact]
    public async Task A_mirror_that_renames_its_channel_warns_that_it_is_renamed_for_all()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync(channel: "test");
        await harness.MirrorAsync(channel: "another-name");

        lock (harness.Log)
            Assert.Contains(
                harness.Log,
                record =>
                    record.Event == "ChannelRenamedByMirror"
                    && record.Message.Contains(
                        "'test' is now named 'another-name', for everybody",
                        StringComparison.Ordinal
                    )
            );
    }

    [Fact]
    public async Task Started_on_another_channel_because_the_first_is_archived_the_mirror_moves_there()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Archive("incident-1");
        await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);
        await harness.MirrorAsync(channel: "test");

        var mirrors = harness.Service.GetMirrors("1").ToDictionary(mirror => mirror.ChannelName);
        Assert.Equal((MirrorState.Stopped, MirrorState.Active), (mirrors["incident-1"].State, mirrors["test"].State));
        Assert.Contains("now mirrored with 'test'", mirrors["incident-1"].Reason, StringComparison.Ordinal);
        harness.Sandbox.Mattermost.Restore("incident-1");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "there only");
        await harness.ChatAsync("test", lines => lines.Contains("there only"));
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Empty(harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_channel_deleted_permanently_pauses_its_mirror()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "GET",
                PathPattern = $"/channels/{mirror.ChannelId}$",
                Kind = FaultKind.Status,
                Status = 404,
                Count = 1000000,
                Body =
                    """{"id":"app.channel.get.existing.app_error","message":"Unable to find the existing channel.","detailed_error":"","request_id":"","status_code":404}""",
            }
        );
        harness.Sandbox.Mattermost.Archive("incident-1");
        var paused = await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);

        Assert.StartsWith(
            "The channel 'incident-1' no longer exists in Mattermost",
            paused.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Only_names_that_the_mirror_allows_are_notified_and_a_change_of_them_counts_from_then()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                AllowedMentions = ["user1", "here"],
            },
            harness.Token
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "@user1 @user2 @all @channel @here");
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        var again = await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                AllowedMentions = [],
            },
            harness.Token
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "@user1");
        await harness.ChatAsync("incident-1", lines => lines.Count == 2);

        Assert.Equal(
            ["@user1 @\u200Buser2 @\u200Ball @\u200Bchannel @here", "@\u200Buser1"],
            harness.MirroredInChat("incident-1")
        );
        Assert.Empty(again.AllowedMentions);
    }

    [Fact]
    public async Task Reasons_show_names_and_not_ids()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "POST",
                PathPattern = "/posts$",
                Kind = FaultKind.Status,
                Status = 403,
                Count = 1000000,
                Body =
                    """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions.","detailed_error":"","request_id":"","status_code":403}""",
            }
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "refused");
        var paused = await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);

        Assert.Contains("the channel 'incident-1'", paused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(mirror.ChannelId, paused.Reason, StringComparison.Ordinal);
    }

    private static bool IsMissing(MattermostMirror mirror) =>
        mirror.State == MirrorState.Paused
        && mirror.Reason!.StartsWith("Investigation 1 is not found in XSOAR any more", StringComparison.Ordinal);

    // What an administrator does in Mattermost.
    private static async Task SendAsync(MirrorHarness harness, HttpMethod method, string path, string body = "")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(harness.Sandbox.MattermostUri, path))
        {
            Content = new StringContent(body),
        };
        request.Headers.Authorization = new("Bearer", harness.Sandbox.PersonalToken);
        (await http.SendAsync(request, harness.Token)).EnsureSuccessStatusCode();
    }
}
