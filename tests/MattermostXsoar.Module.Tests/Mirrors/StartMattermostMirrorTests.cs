using System.Management.Automation;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Mirrors;

public sealed class StartMattermostMirrorTests
{
    [Theory]
    [InlineData("6.14.0")]
    [InlineData("8.9.0")]
    public async Task Mirrors_an_investigation_both_ways(string version)
    {
        await using var scene = await MirrorScene.StartAsync(new SandboxOptions { XsoarVersion = version });

        var mirror = (await scene.InvokeAsync("Start-MattermostMirror 1")).Single();
        await scene.InvokeAsync("Wait-MattermostListener Connected -TimeoutSec 60");
        scene.Sandbox.Mattermost.AddMember("incident-1", "user1");
        scene.Sandbox.Mattermost.Post("user1", "incident-1", "from the chat");
        scene.Sandbox.Xsoar.AddEntry("1", "jane", "from the War Room");
        await scene.WarRoomHasAsync("from the chat");
        await scene.ChannelHasAsync("incident-1", "from the War Room");

        Assert.Equal(
            ("1", "incident-1", "panw"),
            (mirror.Get("InvestigationId"), mirror.Get("ChannelName"), mirror.Get("Team"))
        );
        Assert.Equal(
            ["All", "Both", "Active"],
            new[] { "Type", "Direction", "State" }.Select(name => mirror.Get(name)!.ToString())
        );
        Assert.Empty(scene.Sandbox.Xsoar.ExecutedCommands);
    }

    [Theory]
    [InlineData(
        "mirror-investigation -type chat -autoclose:$false -direction FromDemisto -channel test -kickAdmin -mirrorTo channel -InvestigationId 1"
    )]
    [InlineData(
        "mattermost-mirror-investigation -investigation_id 1 -type chat -autoclose:$false -direction FromDemisto -channel test -mirrorTo channel -kickAdmin"
    )]
    [InlineData(
        "'1' | Start-MattermostMirror -Type Chat -AutoClose:$false -Direction FromDemisto -Channel test -AllowPublic -KickAdmin"
    )]
    [InlineData(
        "Start-MattermostMirror 1 -Type Chat -AutoClose:$false -Direction FromDemisto -Channel (Get-MattermostChannel test) -AllowPublic -KickAdmin"
    )]
    public async Task Takes_the_originals_names_and_arguments(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var result = await scene.InvokeAsync(command + " -Verbose");

        var mirror = result.Single();
        Assert.Equal(
            ["Chat", "FromDemisto", "False", "test"],
            new[] { "Type", "Direction", "AutoClose", "ChannelName" }.Select(name => mirror.Get(name)!.ToString())
        );
        Assert.Contains(
            "Investigation mirrored successfully with mirror type chat,\n channel name: test",
            result.Verbose
        );
        Assert.Equal(1, scene.Sandbox.Calls.CountOf("mattermost", "DELETE", "/members/"));
        scene.Scene.AssertNoSecretIn(result.AllText());
    }

    [Theory]
    [InlineData("jnae, user1, here", "jnae")]
    [InlineData("user1, '@user2', all", null)]
    public async Task Warns_of_an_allowed_mention_that_is_nobody(string names, string? nobody)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var result = await scene.InvokeAsync($"Start-MattermostMirror 1 -AllowedMention {names}");

        Assert.Empty(result.Errors);
        var warnings = result.Warnings.Where(text => text.StartsWith("-AllowedMention", StringComparison.Ordinal));
        Assert.Equal(nobody is null ? [] : [nobody], warnings.Select(text => text.Split('\'')[1]));
    }

    [Theory]
    [InlineData("99", "InvestigationNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("3", "InvestigationClosed", ErrorCategory.InvalidOperation)]
    [InlineData("playground", "PlaygroundNotSupported", ErrorCategory.InvalidOperation)]
    public async Task Reports_one_clear_error_and_goes_on_with_the_others(
        string id,
        string errorId,
        ErrorCategory category
    )
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        scene.Sandbox.Xsoar.Close("3");
        id = id == "playground" ? scene.Sandbox.Xsoar.PlaygroundId : id;

        var result = await scene.InvokeAsync($"'{id}', '1' | Start-MattermostMirror");

        var error = result.AssertError(errorId, category);
        Assert.Equal(id, error.TargetObject);
        Assert.Contains(id, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(result.Output).Get("InvestigationId"));
    }

    [Fact]
    public async Task An_archived_channel_of_the_name_is_explained()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        scene.Sandbox.Mattermost.Archive("alerts");

        var error = (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel alerts -AllowPublic")).AssertError(
            "ChannelArchived",
            ErrorCategory.ResourceExists
        );

        Assert.Contains("archived", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_XSOAR_or_with_mirroring_off_the_error_advises_what_to_do()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoMirroring");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).AssertError(
            "MirroringDisabled",
            ErrorCategory.InvalidOperation
        );

        await scene.InvokeAsync("$session = " + Scene.ConnectWithoutXsoar);
        (await scene.InvokeAsync("Start-MattermostMirror 1")).AssertError(
            "XsoarNotConfigured",
            ErrorCategory.InvalidOperation
        );
    }

    [Theory]
    [InlineData("Start-MattermostListener -WhatIf")]
    [InlineData("Stop-MattermostListener -WhatIf")]
    [InlineData("Sync-MattermostMirror -All -WhatIf")]
    [InlineData("Start-MattermostMirror 2 -Type None -WhatIf")]
    [InlineData("Get-MattermostMirror | Stop-MattermostMirror -CloseChannel -WhatIf")]
    public async Task WhatIf_calls_nobody_and_changes_nothing(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync("Start-MattermostMirror 2 -Channel test -AllowPublic");
        scene.Sandbox.Calls.Clear();

        var result = await scene.InvokeAsync(command);

        Assert.Empty(result.Errors);
        Assert.Empty(scene.Sandbox.Calls);
        Assert.Contains("What if:", result.Screen, StringComparison.Ordinal);
        Assert.Equal(
            "Active",
            Assert.Single((await scene.InvokeAsync("Get-MattermostMirror")).Succeeded()).Get("State")!.ToString()
        );
    }

    [Theory]
    [InlineData("1", "Mirror with a new private channel 'incident-1' of team 'panw'; type All, direction Both")]
    [InlineData(
        "1 -Channel open-case -MirrorTo Channel -Type Chat",
        "Mirror with a new public channel 'open-case' of team 'panw'; type Chat, direction Both"
    )]
    [InlineData("2", "Mirror with channel 'test' of team 'panw' (public, with 5 members); type Chat, direction Both")]
    [InlineData(
        "2 -Channel fresh -Direction ToDemisto",
        "Mirror with channel 'test' of team 'panw' (public, with 5 members), renamed to 'fresh'; type Chat, "
            + "direction ToDemisto"
    )]
    [InlineData(
        "1 -Reactions -KickAdmin",
        "'incident-1' of team 'panw'; type All, direction Both, with reactions; remove the personal token's user from "
            + "the channel"
    )]
    [InlineData(
        "3 -Channel closed",
        "Mirror with channel 'closed' of team 'panw' (private, with 1 member); type All, direction Both"
    )]
    public async Task WhatIf_shows_which_channel_and_who_can_read_it(string parameters, string expected)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        scene.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");
        var mirror = (
            await scene.InvokeAsync("Start-MattermostMirror 2 -Channel test -AllowPublic -Type Chat")
        ).Single();
        Assert.Equal(5L, mirror.Get("MemberCount"));

        var result = await scene.InvokeAsync($"Start-MattermostMirror {parameters} -WhatIf");

        Assert.Empty(result.Succeeded());
        Assert.Contains(
            expected,
            string.Join(" ", result.Screen.Split('\n').Select(line => line.Trim())),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WhatIf_promises_no_name_that_is_taken()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync("Start-MattermostMirror 1");

        var result = await scene.InvokeAsync("Start-MattermostMirror 1 -Channel town-square -WhatIf");

        result.AssertError("ChannelExists", ErrorCategory.ResourceExists);
        Assert.DoesNotContain("renamed to", result.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-MattermostMirror 1", "Chat FromDemisto False jane Pin,Reactions")]
    [InlineData("mirror-investigation -investigation_id 1 -type all", "All FromDemisto False jane Pin,Reactions")]
    [InlineData("Start-MattermostMirror 1 -Direction Both", "Chat Both False jane Pin,Reactions")]
    [InlineData("'1' | Start-MattermostMirror -AutoClose", "Chat FromDemisto True jane Pin,Reactions")]
    [InlineData("Start-MattermostMirror 1 -AllowedMention bob", "Chat FromDemisto False bob Pin,Reactions")]
    [InlineData("Start-MattermostMirror 1 -AllowedMention @()", "Chat FromDemisto False  Pin,Reactions")]
    [InlineData("Start-MattermostMirror 1 -Reactions:$false", "Chat FromDemisto False jane Pin")]
    [InlineData("Start-MattermostMirror 1 -KickAdmin", "Chat FromDemisto False jane Pin,Reactions")]
    [InlineData(
        "Stop-MattermostMirror 1 | Out-Null; Start-MattermostMirror 1",
        "Chat FromDemisto False jane Pin,Reactions"
    )]
    [InlineData(
        "mirror-investigation -type none -investigation_id 1 | Out-Null; Start-MattermostMirror 1",
        "Chat FromDemisto False jane Pin,Reactions"
    )]
    public async Task Started_again_only_what_is_given_changes(string command, string expected)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync(
            "Start-MattermostMirror 1 -Type Chat -Direction Both -AutoClose:$false -AllowedMention jane -Reactions; "
                + "Start-MattermostMirror 1 -Direction FromDemisto"
        );

        var mirror = (await scene.InvokeAsync(command.Replace(" | Out-Null", " > $null"))).Single();

        // Annotations are those of the direction from the chat; they are read in that direction.
        var both = (await scene.InvokeAsync("Start-MattermostMirror 1 -Direction Both")).Single();
        Assert.Equal(
            expected,
            $"{mirror.Get("Type")} {mirror.Get("Direction")} {mirror.Get("AutoClose")} "
                + $"{string.Join(",", (IEnumerable<string>)mirror.Get("AllowedMentions")!)} "
                + string.Join(",", (IEnumerable<string>)both.Get("Annotations")!)
        );
    }

    [Fact]
    public async Task A_public_channel_is_an_error_until_the_user_insists()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var error = (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test")).AssertError(
            "ChannelMoreOpen",
            ErrorCategory.ResourceExists
        );
        Assert.StartsWith("The channel 'test' is public, with ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-AllowPublic", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        var mirror = (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic")).Single();
        Assert.Equal((false, "test"), (mirror.Get("IsPrivate"), mirror.Get("ChannelName")));
        Assert.Equal($"public, {mirror.Get("MemberCount")}", mirror.Get("Readers"));
        var again = (await scene.InvokeAsync("Start-MattermostMirror 1")).Single();
        Assert.Equal("test", again.Get("ChannelName"));
        (await scene.InvokeAsync("Start-MattermostMirror 1 -MirrorTo Group")).AssertError(
            "ChannelMoreOpen",
            ErrorCategory.ResourceExists
        );
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_warning_and_the_output_shows_who_can_read()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        scene.Sandbox.Mattermost.CreateChannel("user1", "incident-1", "incident-1", "O");

        var result = await scene.InvokeAsync("Start-MattermostMirror 1; Get-MattermostMirror | Out-Default");

        Assert.Equal("incident-1-2", result.Output[0].Get("ChannelName"));
        Assert.StartsWith(
            "The channel 'incident-1' exists already (public, with 1 member) and was not created for investigation 1",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal
        );
        Assert.Contains("private, 2", result.Screen, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_damaged_store_is_refused_and_left_as_it_is()
    {
        await using var scene = await MirrorScene.StartAsync();
        var contents = string.Concat(Enumerable.Repeat("not a store ", 200));
        await File.WriteAllTextAsync(scene.StateFile, contents, scene.Deadline);

        var error = (await scene.InvokeAsync("Start-MattermostMirror 1")).AssertError(
            "StoreDamaged",
            ErrorCategory.InvalidData
        );

        Assert.Contains(scene.StateFile, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(contents, await File.ReadAllTextAsync(scene.StateFile, scene.Deadline));
        Assert.Equal(0, scene.Sandbox.Calls.CountOf("mattermost", "POST"));
    }

    [Fact]
    public async Task Columns_of_a_file_set_what_is_mirrored_for_each_row_by_itself()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var mirrors = (
            await scene.InvokeAsync(
                """
                [pscustomobject]@{ InvestigationId = '1'; Channel = 'one'; Type = 'Chat'; Direction = 'ToDemisto'; AutoClose = 'false'; Reactions = 'true'; AllowedMention = 'user1' },
                [pscustomobject]@{ InvestigationId = '2'; Channel = 'two'; Type = 'All'; Direction = 'Both'; AutoClose = 'TRUE'; Reactions = 'no'; AllowedMention = 'user2' } |
                    Start-MattermostMirror
                [pscustomobject]@{ InvestigationId = 1; Type = 'All'; AutoClose = 'yes' }, [pscustomobject]@{ InvestigationId = 2 } |
                    Start-MattermostMirror
                """
            )
        ).Succeeded();

        Assert.Equal(
            ["1 one Chat ToDemisto False Pin,Reactions user1", "2 two All Both True Pin user2"],
            mirrors.Take(2).Select(Shown)
        );
        // What the second row does not say is not that of the first.
        Assert.Equal(
            ["1 one All ToDemisto True Pin,Reactions user1", "2 two All Both True Pin user2"],
            mirrors.Skip(2).Select(Shown)
        );
    }

    [Theory]
    [InlineData("Type", "Everything")]
    [InlineData("Type", "")]
    [InlineData("MirrorTo", "Everybody")]
    [InlineData("Direction", "Out")]
    [InlineData("AutoClose", "perhaps")]
    public async Task A_column_with_a_value_that_means_nothing_is_an_error_and_starts_nothing(
        string column,
        string value
    )
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var result = await scene.InvokeAsync(
            $"[pscustomobject]@{{ InvestigationId = '1'; {column} = '{value}' }} | Start-MattermostMirror"
        );

        Assert.Contains(column, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty((await scene.InvokeAsync("Get-MattermostMirror")).Succeeded());
    }

    private static string Shown(PSObject mirror) =>
        $"{mirror.Get("InvestigationId")} {mirror.Get("ChannelName")} {mirror.Get("Type")} {mirror.Get("Direction")} "
        + $"{mirror.Get("AutoClose")} {string.Join(',', (IEnumerable<string>)mirror.Get("Annotations")!)} "
        + string.Join(',', (IEnumerable<string>)mirror.Get("AllowedMentions")!);
}
