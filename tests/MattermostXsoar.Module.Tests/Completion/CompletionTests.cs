using System.Management.Automation;
using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Completion;

/// <summary>What the Tab key offers.</summary>
public sealed class CompletionTests
{
    private const string Complete = "(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText";

    [Theory]
    [InlineData("Get-MattermostUser us", "user1", "user2", "user3")]
    [InlineData("Add-MattermostChannelMember test Us", "user1", "user2", "user3")]
    [InlineData("Add-MattermostChannelMember te", "test")]
    [InlineData("New-MattermostChannel a b -Team p", "panw")]
    [InlineData("Set-MattermostChannelRole test user1 A", "Admin")]
    [InlineData("mattermost-create-channel -type pr", "Private")]
    [InlineData("Close-MattermostChannel s", "secret")]
    [InlineData("Close-MattermostChannel \"s", "\"secret\"")]
    [InlineData("Get-MattermostUser '@user1", "'user1'")]
    [InlineData("Get-MattermostGroupMember t", "tier1", "tier2")]
    [InlineData("Get-MattermostGroup e", "everybody")]
    public async Task Names_are_offered(string line, params string[] expected)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        scene.Engine.Set("line", line);

        Assert.Equal(expected, (await scene.InvokeAsync(Complete)).Succeeded().Select(word => word.ToString()));
    }

    [Theory]
    [InlineData("Start-MattermostMirror 1 -AllowedMention us", "user1", "user2", "user3")]
    [InlineData("Start-MattermostMirror 1 -AllowedMention c", "channel")]
    [InlineData("Connect-Mattermost -PermittedNotification incidentO", "incidentOpened")]
    [InlineData("Connect-Mattermost -NotificationChannel ")]
    [InlineData("New-MattermostChannel Triage ")]
    [InlineData("Send-MattermostFile -EntryId ")]
    public async Task Where_a_name_or_text_is_meant_no_file_is_offered(string line, params string[] expected)
    {
        await using var scene = await Scene.StartAsync();
        scene.Engine.Set("line", line);

        // Of no matches PowerShell makes a $null.
        Assert.Equal(
            expected,
            (await scene.InvokeAsync(Complete)).Succeeded().OfType<PSObject>().Select(word => word.ToString())
        );
    }

    [Fact]
    public async Task Every_text_that_is_no_path_has_a_completer()
    {
        await using var engine = await Engine.StartAsync();
        string[] paths = ["Path", "LiteralPath", "ConfigurationPath", "StatePath"];

        var without = (await Help.HelpPages.CmdletsAsync(engine))
            .SelectMany(cmdlet => cmdlet.Parameters.Values.Select(parameter => (Cmdlet: cmdlet.Name, parameter)))
            .Where(it =>
                (it.parameter.ParameterType.GetElementType() ?? it.parameter.ParameterType) == typeof(string)
                && it.parameter.Attributes.OfType<ParameterAttribute>().Any()
                && !paths.Contains(it.parameter.Name)
                && !Cmdlet.CommonParameters.Contains(it.parameter.Name)
                && !it.parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any()
            )
            .Select(it => $"{it.Cmdlet} -{it.parameter.Name}");

        Assert.Empty(without);
    }

    [Fact]
    public async Task Names_that_need_it_are_quoted()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        scene.Sandbox.Mattermost.CreateGroup(null!, "O'Neill's group", source: "ldap", allowReference: false);
        scene.Sandbox.Mattermost.CreateChannel("admin", "1234", "A number");

        async Task<string> CompleteAsync(string line)
        {
            scene.Engine.Set("line", line);
            return (await scene.InvokeAsync(Complete)).Single().ToString();
        }

        Assert.Equal("'O''Neill''s group'", await CompleteAsync("Get-MattermostGroupMember o"));
        Assert.Equal("'1234'", await CompleteAsync("Get-MattermostChannel 12"));
    }

    [Fact]
    public async Task Channels_are_those_of_the_team_that_is_given()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");
        scene.Sandbox.Mattermost.CreateChannel("admin", "theirs", "Theirs", team: "second");
        scene.Engine.Set("line", "Get-MattermostChannel -Team second -Name t");

        Assert.Equal(
            ["theirs", "town-square"],
            (await scene.InvokeAsync(Complete)).Succeeded().Select(word => word.ToString())
        );
    }

    [Fact]
    public async Task Mirrored_investigations_are_offered()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1; Start-MattermostMirror 2")).Succeeded();
        scene.Scene.Engine.Set("line", "Close-MattermostChannel -InvestigationId ");

        Assert.Equal(["'2'", "'1'"], (await scene.InvokeAsync(Complete)).Succeeded().Select(word => word.ToString()));
    }

    [Theory]
    [InlineData("Get-MattermostMirror ", "'2'", "'1'")]
    [InlineData("Start-MattermostMirror ", "'3'", "'2'", "'1'")]
    [InlineData("Send-MattermostNotification x -InvestigationId ", "'3'", "'2'", "'1'")]
    [InlineData("Get-MattermostMirror -Channel ", "incident-1", "test")]
    [InlineData("Stop-MattermostMirror -Channel t", "test")]
    [InlineData("Get-MattermostTeam -Session ", "'1'")]
    [InlineData("Disconnect-Mattermost ", "'1'")]
    public async Task Mirrors_and_sessions_are_offered(string line, params string[] expected)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (
            await scene.InvokeAsync("Start-MattermostMirror 1; Start-MattermostMirror 2 -Channel test -AllowPublic")
        ).Succeeded();
        scene.Scene.Engine.Set("line", line);

        Assert.Equal(expected, (await scene.InvokeAsync(Complete)).Succeeded().Select(word => word.ToString()));
    }

    [Theory]
    [InlineData("Remove-MattermostChannelMember test us", "user1", "user3")]
    [InlineData("Set-MattermostChannelRole -Channel test -User us", "user1", "user3")]
    [InlineData("Add-MattermostChannelMember test us", "user1", "user2", "user3")]
    [InlineData("Remove-MattermostChannelMember -User us", "user1", "user2", "user3")]
    public async Task Members_of_the_channel_that_is_typed_are_offered(string line, params string[] expected)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.RemoveMember("test", "user2");
        scene.Engine.Set("line", line);

        Assert.Equal(expected, (await scene.InvokeAsync(Complete)).Succeeded().Select(word => word.ToString()));
    }

    [Theory]
    [InlineData("Get-MattermostUser Zo")]
    [InlineData("Get-MattermostUser 'Zoe Qu")]
    [InlineData("Remove-MattermostChannelMember test quill")]
    public async Task People_are_offered_by_their_names(string line)
    {
        await using var scene = await Scene.StartAsync();
        var person = scene.Sandbox.Mattermost.User("user2");
        (person.FirstName, person.LastName) = ("Zoe", "Quill");
        scene.Engine.Set("line", line);

        Assert.Equal("user2", (await scene.InvokeAsync(Complete)).Single().ToString().Trim('\''));
    }

    [Fact]
    public async Task The_server_is_asked_once()
    {
        await using var scene = await Scene.StartAsync();
        scene.Engine.Set("line", "Get-MattermostChannel t");

        (await scene.InvokeAsync($"{Complete}; {Complete}")).Succeeded();

        Assert.Equal(2, scene.Sandbox.Calls.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_not_waited_for()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, Count = 100 });
        // None of the module's, so the engine falls back to what else it knows.
        scene.Engine.Set("line", "Get-MattermostUser us");

        var words = (await scene.InvokeAsync(Complete)).Succeeded().Select(word => word?.ToString());

        Assert.DoesNotContain("user1", words);
    }
}
