using System.Management.Automation;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Binding;

/// <summary>What people pipe into the cmdlets and type for their parameters.</summary>
public sealed class PipelineInputTests
{
    [Theory]
    [InlineData("[pscustomobject]@{ User = 'user1'; Channel = 'test' } | Get-MattermostUser", "user1")]
    [InlineData("[pscustomobject]@{ Email = 'user1@example.com' } | Get-MattermostUser", "user1")]
    [InlineData("Send-MattermostNotification x -Channel test -PassThru | Get-MattermostUser", "xsoarbot")]
    [InlineData("[pscustomobject]@{ Name = 'test'; Team = 'panw' } | Get-MattermostChannel", "test")]
    [InlineData("[pscustomobject]@{ Channel = 'test' } | Get-MattermostChannel", "test")]
    [InlineData("Send-MattermostNotification x -Channel test -PassThru | Get-MattermostChannel", "test")]
    [InlineData("Get-MattermostTeam | Get-MattermostChannel test", "test")]
    [InlineData("[pscustomobject]@{ Team = 'panw' } | Get-MattermostTeam", "panw")]
    [InlineData("[pscustomobject]@{ Email = 'user1@example.com' } | Get-MattermostUserChannel", "user1")]
    public async Task Properties_bind_to_the_parameters_of_their_names(string command, string name)
    {
        await using var scene = await Scene.StartAsync();

        var found = (await scene.InvokeAsync(command)).Single();

        Assert.Equal(name, (found.Properties["Username"] ?? found.Properties["Name"]).Value);
    }

    [Theory]
    [InlineData(
        "[pscustomobject]@{ DisplayName = 'Closed'; Name = 'closed'; Type = 'Secret' } | New-MattermostChannel"
    )]
    [InlineData("[pscustomobject]@{ Channel = 'test'; User = 'user1'; Role = 'Amin' } | Set-MattermostChannelRole")]
    public async Task A_choice_in_a_column_that_does_not_exist_is_an_error_and_not_the_default(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command);

        Assert.Contains(
            "cannot be used here. Give ",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
    }

    [Fact]
    public async Task A_role_is_taken_from_a_column()
    {
        await using var scene = await Scene.StartAsync();

        var member = (
            await scene.InvokeAsync(
                "[pscustomobject]@{ Channel = 'test'; User = 'user1'; Role = 'admin' } | Set-MattermostChannelRole -PassThru"
            )
        ).Single();

        Assert.Contains("channel_admin", member.Get("Roles")!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-MattermostUser user1 -Channel test")]
    [InlineData("Get-MattermostUser user1 -Team panw")]
    public async Task A_user_and_a_list_cannot_be_asked_for_at_once(string command)
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync(command)).AssertError("InvalidArgument", ErrorCategory.InvalidArgument);

        Assert.Equal(0, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Get-MattermostMirror 1")]
    [InlineData("1L | Get-MattermostMirror")]
    [InlineData(", [long[]]@(1) | Get-MattermostMirror")]
    [InlineData("[pscustomobject]@{ InvestigationId = 1L } | Get-MattermostMirror")]
    [InlineData("[pscustomobject]@{ InvestigationId = @(1) } | Get-MattermostMirror")]
    [InlineData("Get-MattermostMirror ([double]1)")]
    [InlineData("Get-MattermostChannel incident-1 -ErrorAction Stop | Get-MattermostMirror")]
    public async Task An_investigation_is_found_by_what_has_its_id(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1, 2")).Succeeded();

        Assert.Equal("1", (await scene.InvokeAsync(command)).Single().Get("InvestigationId"));
    }

    [Theory]
    [InlineData("Get-MattermostChannel 2024")]
    [InlineData("2024L | Get-MattermostChannel")]
    [InlineData("Get-MattermostChannel @(2024)")]
    public async Task A_name_of_digits_need_not_be_quoted(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "2024", "Year");

        Assert.Equal("2024", (await scene.InvokeAsync(command)).Single().Get("Name"));
    }

    [Theory]
    [InlineData("Get-MattermostTeam -Session 1")]
    [InlineData("Get-MattermostTeam -Session '1'")]
    [InlineData("Get-MattermostTeam -Session $session")]
    public async Task A_session_is_given_by_its_number(string command)
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal("panw", (await scene.InvokeAsync(command)).Single().Get("Name"));
    }

    [Fact]
    public async Task A_number_without_a_session_is_an_error()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Get-MattermostTeam -Session 7; Disconnect-Mattermost -Session 1, 7");

        Assert.Equal(2, result.Errors.Count);
        Assert.All(
            result.Errors,
            error => Assert.Contains("There is no session '7'", error.ToString(), StringComparison.Ordinal)
        );
        Assert.Single((await scene.InvokeAsync("Get-MattermostSession")).Succeeded());
    }

    [Fact]
    public async Task Sessions_are_ended_by_their_numbers()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync("Disconnect-Mattermost 1")).Succeeded();

        Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Succeeded());
    }

    [Theory]
    [InlineData("Get-MattermostChannel test, alerts | Send-MattermostNotification 'to channels'")]
    [InlineData("Get-MattermostChannel test, alerts | Send-MattermostFile $file -Message 'to channels'")]
    [InlineData(
        "[pscustomobject]@{ Channel = 'test' }, [pscustomobject]@{ Channel = 'alerts' } | Send-MattermostFile $file -Message 'to channels'"
    )]
    public async Task Channels_from_the_pipeline_are_targets(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        var file = Path.Combine(Path.GetDirectoryName(scene.StateFile)!, "report.txt");
        await File.WriteAllTextAsync(file, "evidence", scene.Deadline);
        scene.Scene.Engine.Set("file", file);

        (await scene.InvokeAsync(command)).Succeeded();

        foreach (var channel in new[] { "test", "alerts" })
            Assert.Equal("to channels", scene.Sandbox.Mattermost.Messages(channel)[^1].Message);
    }

    [Theory]
    [InlineData("Get-MattermostUser user1, user2 | Send-MattermostNotification 'to people' -PassThru")]
    [InlineData(
        "[pscustomobject]@{ Email = 'user1@example.com' }, [pscustomobject]@{ User = 'user2' } | Send-MattermostNotification 'to people' -PassThru"
    )]
    [InlineData("Get-MattermostUser user1, user2 | Send-MattermostFile $file -Message 'to people' -PassThru")]
    public async Task People_from_the_pipeline_are_targets(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        var file = Path.Combine(Path.GetDirectoryName(scene.StateFile)!, "report.txt");
        await File.WriteAllTextAsync(file, "evidence", scene.Deadline);
        scene.Scene.Engine.Set("file", file);

        var posts = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(["to people", "to people"], posts.All("Message"));
        Assert.Equal(2, posts.All("ChannelId").Distinct().Count());
    }

    [Fact]
    public async Task A_file_without_a_target_is_an_error_also_from_the_pipeline()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync("'report.txt' | Send-MattermostFile")).AssertError(
            "ConflictingTarget",
            ErrorCategory.InvalidArgument
        );
    }

    [Theory]
    [InlineData("BotToken")]
    [InlineData("PersonalAccessToken")]
    [InlineData("XsoarApiKey")]
    public async Task A_secret_as_plain_text_is_refused_with_the_way_to_a_SecureString(string parameter)
    {
        await using var engine = await Engine.StartAsync();

        var result = await engine.InvokeAsync(
            $"Connect-Mattermost http://127.0.0.1:1 -{parameter} 'plain-secret' -Team x"
        );

        var error = Assert.Single(result.Errors);
        Assert.Contains("Read-Host -AsSecureString", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ConvertTo-SecureString", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("plain-secret", error + " " + error.Exception, StringComparison.Ordinal);
    }
}
