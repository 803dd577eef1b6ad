using System.Management.Automation;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Recording;

namespace MattermostXsoar.Module.Tests.Notifications;

public sealed class SendMattermostNotificationTests
{
    [Theory]
    [InlineData("6.14.0", "Send-MattermostNotification 'Look here' -Channel test -InvestigationId 1", "#/WarRoom/1")]
    [InlineData("6.14.0", "send-notification -message 'Look here' -channel test -entry 96@1", "#/WarRoom/1/96@1")]
    [InlineData(
        "6.14.0",
        "'Look here' | Send-MattermostNotification -Channel (Get-MattermostChannel test) -EntryId 96@1 -InvestigationId 2",
        "#/WarRoom/2/96@1"
    )]
    [InlineData("8.9.0", "Send-MattermostNotification 'Look here' -Channel test -EntryId 96@1", "WarRoom/1/96@1")]
    public async Task Posts_as_the_bot_with_a_link_that_fits_the_version(string version, string command, string page)
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { XsoarVersion = version });

        var result = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(result.Succeeded());
        var post = Assert.Single(scene.Sandbox.Mattermost.Messages("test"));
        Assert.Equal($"Look here\nView it on: {scene.Sandbox.XsoarUri}{page}", post.Message);
        Assert.Equal(scene.Sandbox.Mattermost.User("xsoarbot").Id, post.UserId);
        Assert.Contains($"Message sent to MatterMost successfully. Message ID is: {post.Id}", result.Verbose);
        scene.AssertNoSecretIn(result.AllText());
    }

    [Theory]
    [InlineData("user1", "@user1 has no team")]
    [InlineData("user1, user2", "@user1 has no team")]
    [InlineData("user1, user3", "@user1, @user3 have no team")]
    public async Task Names_whom_a_server_does_not_allow_direct_messages_with(string to, string named)
    {
        await using var scene = await Scene.StartAsync();
        var mattermost = scene.Sandbox.Mattermost;
        mattermost.RestrictsDirectMessages = true;
        foreach (var stranger in new[] { "user1", "user3" })
            mattermost.RemoveFromTeam("panw", stranger);

        var error = (await scene.InvokeAsync($"Send-MattermostNotification x -To {to}")).Error();

        Assert.Equal("PermissionDenied", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.StartsWith(
            $"{named} in common with the bot @xsoarbot",
            error.Exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("create_direct_channel", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Send-MattermostNotification x -Channel test")]
    [InlineData("Send-MattermostNotification x -Channel test -EntryId 96@1 -IgnoreAddUrl")]
    [InlineData(
        "send-notification -message x -channel test -entry 96@1 -ignoreAddURL -mattermost_ask:$false -messageType mirrorEntry"
    )]
    public async Task Adds_no_link_where_none_is_wanted(string command)
    {
        await using var scene = await Scene.StartAsync();

        var post = (await scene.InvokeAsync(command + " -PassThru")).Single();

        Assert.Equal("x", post.Get("Message"));
        Assert.Equal(Assert.Single(scene.Sandbox.Mattermost.Messages("test")).Id, post.Get("Id"));
    }

    [Theory]
    [InlineData("", "", "incidentnotificationchannel")]
    [InlineData("", "-Channel incidentNotificationChannel", "incidentnotificationchannel")]
    [InlineData("-NotificationChannel alerts", "", "alerts")]
    [InlineData("-NotificationChannel alerts", "-Channel incidentNotificationChannel", "alerts")]
    [InlineData("-NotificationChannel alerts", "-Channel test", "test")]
    [InlineData("-NotificationChannel incidentNotificationChannel", "", "incidentnotificationchannel")]
    public async Task Goes_to_the_caller_s_channel_then_the_session_s_then_the_default(
        string connect,
        string send,
        string channel
    )
    {
        await using var scene = await Scene.StartAsync(connect: false);
        (await scene.InvokeAsync($"$session = {Scene.Connect} {connect}")).Succeeded();

        var result = await scene.InvokeAsync(
            $"Send-MattermostNotification one {send}; 'two', 'three' | Send-MattermostNotification {send}"
        );

        result.Succeeded();

        Assert.Equal(["one", "two", "three"], scene.Sandbox.Mattermost.Messages(channel).Select(post => post.Message));
        Assert.Equal(channel[0] == 'i' ? 1 : 0, scene.Sandbox.Calls.CountOf("mattermost", "POST", "/api/v4/channels$"));
        var used = scene.Sandbox.Mattermost.Channel(channel);
        if (channel[0] != 'i')
        {
            Assert.Empty(result.Warnings);
            return;
        }

        Assert.Equal(("P", "incidentNotificationChannel"), (used.Type, used.DisplayName));
        Assert.StartsWith(
            "No channel was given, so the private channel 'incidentnotificationchannel' was created in team 'panw'. "
                + "Only its members read the notifications: @admin and @xsoarbot.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal
        );
        Assert.Equal(2, used.MemberIds.Count);
    }

    [Theory]
    [InlineData("O")]
    [InlineData("P")]
    public async Task The_default_channel_is_used_as_it_is_where_it_exists(string type)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "incidentnotificationchannel", "Notes", type);

        var result = await scene.InvokeAsync("Send-MattermostNotification one");

        result.Succeeded();
        Assert.Empty(result.Warnings);
        Assert.Equal(type, scene.Sandbox.Mattermost.Channel("incidentnotificationchannel").Type);
        Assert.Single(scene.Sandbox.Mattermost.Messages("incidentnotificationchannel"));
    }

    [Theory]
    [InlineData("-To user1", "D", 2)]
    [InlineData("-to '@user1'", "D", 2)]
    [InlineData("-To user1, user1@example.com", "D", 2)]
    [InlineData("-to 'user1,user2'", "G", 3)]
    [InlineData("-To user1, user2, user3", "G", 4)]
    public async Task Reaches_one_person_directly_and_several_as_a_group(string to, string type, int members)
    {
        await using var scene = await Scene.StartAsync();

        var post = (await scene.InvokeAsync($"Send-MattermostNotification hello {to} -PassThru")).Single();

        var channel = scene.Sandbox.Mattermost.Channel((string)post.Get("ChannelId")!);
        Assert.Equal((type, members), (channel.Type, channel.MemberIds.Count));
        Assert.Contains(scene.Sandbox.Mattermost.User("xsoarbot").Id, channel.MemberIds);
    }

    [Theory]
    [InlineData("999", 1)]
    [InlineData("1", 0)]
    public async Task An_investigation_that_XSOAR_does_not_find_is_a_warning(string id, int warnings)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(
            $"'one', 'two' | Send-MattermostNotification -Channel test -InvestigationId {id}"
        );

        result.Succeeded();
        Assert.Equal(
            warnings,
            result.Warnings.Count(warning => warning.Contains($"no incident '{id}'", StringComparison.Ordinal))
        );
        Assert.Equal(
            2,
            scene.Sandbox.Calls.Count(call =>
                call.Method == "POST" && call.Path.EndsWith("/posts", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task An_XSOAR_that_is_down_keeps_no_notification_back()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Kind = FaultKind.Drop,
                Count = int.MaxValue,
            }
        );

        var result = await scene.InvokeAsync(
            "Send-MattermostNotification x -Channel test -InvestigationId 1 -PassThru"
        );

        Assert.Single(result.Succeeded());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task Nobody_is_notified_where_one_of_several_does_not_exist()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync("Send-MattermostNotification hello -To user1, nosuch")).AssertError(
            "UserNotFound",
            ErrorCategory.ObjectNotFound
        );

        Assert.Empty(Changing(scene));
    }

    [Theory]
    [InlineData("incidentOpened", true)]
    [InlineData("externalAskSubmit", true)]
    [InlineData("mirrorEntry", true)]
    [InlineData("taskCompleted", false)]
    public async Task A_type_that_is_not_permitted_is_a_warning(string type, bool isSent)
    {
        await using var scene = await Scene.StartAsync(connect: false);
        (await scene.InvokeAsync($"$session = {Scene.Connect} -PermittedNotification incidentOpened")).Succeeded();

        var result = await scene.InvokeAsync($"Send-MattermostNotification x -Channel test -MessageType {type}");

        Assert.Empty(result.Succeeded());
        Assert.Equal(isSent ? [] : [$"Message type is not in permitted options. Received: {type}"], result.Warnings);
        Assert.Equal(isSent ? 1 : 0, scene.Sandbox.Mattermost.Messages("test").Count);
    }

    [Fact]
    public async Task Keeps_to_the_limit_of_a_server_with_an_old_database()
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { MaxPostSize = 4000 });

        (await scene.InvokeAsync("Send-MattermostNotification ('word ' * 1200) -Channel test")).Succeeded();
        (await scene.InvokeAsync("Send-MattermostNotification short -Channel test")).Succeeded();

        var posts = scene.Sandbox.Mattermost.Messages("test");
        Assert.Equal(3, posts.Count);
        Assert.All(posts, post => Assert.InRange(post.Message.Length, 1, 4000));
        Assert.Equal(posts[0].Id, posts[1].RootId);
        Assert.Equal(1, scene.Sandbox.Calls.CountOf("mattermost", "GET", "/config/client$"));
    }

    [Fact]
    public async Task Lines_are_one_message_and_a_long_one_follows_as_replies()
    {
        await using var scene = await Scene.StartAsync();

        var posts = (
            await scene.InvokeAsync(
                "Send-MattermostNotification @('first', '', 'third') -Channel test; "
                    + "Send-MattermostNotification (1..3 | ForEach-Object { 'x' * 9000 }) -Channel test -InvestigationId 1 -PassThru"
            )
        ).Succeeded();

        Assert.Equal("first\n\nthird", scene.Sandbox.Mattermost.Messages("test")[0].Message);
        Assert.Equal(3, posts.Count);
        Assert.Equal(["", (string)posts[0].Get("Id")!, (string)posts[0].Get("Id")!], posts.All("RootId"));
        Assert.EndsWith("#/WarRoom/1", (string)posts[2].Get("Message")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Send-MattermostNotification x -Channel test -To user1",
        "ConflictingTarget",
        ErrorCategory.InvalidArgument
    )]
    [InlineData(
        "Send-MattermostNotification x -Channel test -MattermostAsk",
        "InvalidArgument",
        ErrorCategory.InvalidArgument
    )]
    [InlineData(
        "send-notification -message x -channel test -mattermost_ask",
        "InvalidArgument",
        ErrorCategory.InvalidArgument
    )]
    [InlineData("Send-MattermostNotification '  ' -Channel test", "InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData(
        "Send-MattermostNotification x -Channel test -EntryId 96",
        "InvalidArgument",
        ErrorCategory.InvalidArgument
    )]
    [InlineData("Send-MattermostNotification x -Channel nowhere", "ChannelNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-MattermostNotification x -Channel alerts", "ChannelArchived", ErrorCategory.InvalidOperation)]
    public async Task What_cannot_be_done_is_reported_and_nothing_is_posted(
        string command,
        string errorId,
        ErrorCategory category
    )
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.Archive("alerts");

        (await scene.InvokeAsync(command)).AssertError(errorId, category);

        Assert.Empty(Changing(scene));
    }

    [Fact]
    public async Task A_link_needs_XSOAR_and_a_message_does_not()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        (await scene.InvokeAsync("$session = " + Scene.ConnectWithoutXsoar)).Succeeded();

        (await scene.InvokeAsync("Send-MattermostNotification x -Channel test -InvestigationId 1")).AssertError(
            "XsoarNotConfigured",
            ErrorCategory.InvalidOperation
        );
        (await scene.InvokeAsync("Send-MattermostNotification x -Channel test")).Succeeded();

        Assert.Single(scene.Sandbox.Mattermost.Messages("test"));
    }

    [Fact]
    public async Task Objects_name_their_own_channel_and_one_bad_one_does_not_stop_the_others()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(
            "@{Message='one';Channel='nowhere'}, @{Message='two';Channel='test'}, @{Message='three';To='user1'} | ForEach-Object { [pscustomobject]$_ } | Send-MattermostNotification"
        );

        Assert.Equal(
            "nowhere",
            result.AssertError("ChannelNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString()
        );
        Assert.Equal("two", Assert.Single(scene.Sandbox.Mattermost.Messages("test")).Message);
        Assert.Equal(
            "three",
            Assert
                .Single(scene.Sandbox.Mattermost.Messages(scene.Sandbox.Mattermost.Direct("xsoarbot", "user1").Id))
                .Message
        );
    }

    [Fact]
    public async Task The_personal_token_adds_the_bot()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");

        var result = await scene.InvokeAsync("Send-MattermostNotification x -Channel closed -Verbose");

        Assert.Empty(result.Succeeded());
        Assert.Contains(
            "The bot @xsoarbot was not in the channel 'closed': the personal token added it.",
            result.Verbose
        );
        Assert.Single(scene.Sandbox.Mattermost.Messages("closed"));
    }

    [Theory]
    [InlineData("-To $unset")]
    [InlineData("-To @()")]
    [InlineData("-Channel $unset")]
    public async Task An_unset_variable_sends_to_nobody(string target)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync($"Send-MattermostNotification 'for one' {target}");

        Assert.Equal(ErrorCategory.InvalidData, Assert.Single(result.Errors).CategoryInfo.Category);
        Assert.Empty(scene.Sandbox.Calls);
    }

    [Theory]
    [InlineData("Send-MattermostNotification x -Channel test -InvestigationId 1")]
    [InlineData("Send-MattermostNotification x")]
    [InlineData("Send-MattermostNotification x -To user1, user2")]
    public async Task WhatIf_changes_nothing(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command + " -WhatIf");

        Assert.Empty(result.Succeeded());
        Assert.Contains(
            "What if: Performing the operation \"Post a notification\"",
            result.Screen,
            StringComparison.Ordinal
        );
        Assert.Empty(Changing(scene));
    }

    [Fact]
    public async Task A_mention_is_sent_as_the_caller_wrote_it()
    {
        await using var scene = await Scene.StartAsync();
        (await scene.InvokeAsync("Send-MattermostNotification '@user1 @channel come' -Channel test")).Succeeded();
        Assert.Equal("@user1 @channel come", Assert.Single(scene.Sandbox.Mattermost.Messages("test")).Message);
    }

    [Fact]
    public async Task A_post_is_shown_in_a_line()
    {
        await using var scene = await Scene.StartAsync();

        var screen = await scene.Engine.ShowAsync("Send-MattermostNotification 'Look here' -Channel test -PassThru");

        Assert.Matches(@"CreateAt\s+Author\s+Id\s+Message", screen);
        Assert.Matches(@"xsoarbot\s+[a-z0-9]{26} Look here", screen);
    }

    [Fact]
    public async Task Types_are_completed()
    {
        await using var scene = await Scene.StartAsync();

        var found = (
            await scene.InvokeAsync(
                "(TabExpansion2 'Send-MattermostNotification x -MessageType inc' 46).CompletionMatches | ForEach-Object CompletionText"
            )
        )
            .Succeeded()
            .Select(text => text.ToString());

        Assert.Equal(
            ["incidentAssigned", "incidentOpened", "incidentChanged", "incidentReminderSLA", "incidentStatusChanged"],
            found
        );
    }

    [Theory]
    [InlineData("Get-MattermostChannel test")]
    [InlineData("Get-MattermostUser user1")]
    [InlineData("Get-MattermostTeam")]
    public async Task What_is_no_text_is_not_posted(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command + " | Send-MattermostNotification");

        Assert.Contains("is not a text", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, scene.Sandbox.Calls.CountOf(method: "POST", pathPattern: "/posts$"));
    }

    [Fact]
    public async Task When_the_answer_is_lost_the_advice_is_to_look_before_sending_again()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.ActThenDrop,
                Method = "POST",
                PathPattern = "/posts$",
            }
        );

        var error = Assert.Single((await scene.InvokeAsync("Send-MattermostNotification Hello -Channel test")).Errors);

        Assert.StartsWith(
            "The server may have done it all the same: check first.",
            error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/posts$")]
    [InlineData("/channels/name/")]
    public async Task Stops_within_a_second_while_the_server_stalls(string path)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                PathPattern = path,
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin("Send-MattermostNotification x -Channel test");
        await scene.Sandbox.Calls.WaitForAsync(
            call => System.Text.RegularExpressions.Regex.IsMatch(call.Path, path),
            TestContext.Current.CancellationToken
        );

        Assert.True((await run.StopAsync()).WasStopped);
    }

    // Looking users up is a POST that changes nothing.
    private static IEnumerable<CallRecord> Changing(Scene scene) =>
        scene.Sandbox.Calls.Where(call =>
            call.Method != "GET" && !call.Path.StartsWith("/api/v4/users/", StringComparison.Ordinal)
        );
}
