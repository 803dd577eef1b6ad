using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Channels;

/// <summary>Changing channels that exist, and bringing back archived ones.</summary>
public sealed class ChannelChangeTests
{
    [Fact]
    public async Task Only_what_is_given_changes()
    {
        await using var scene = await Scene.StartAsync();

        var changed = (
            await scene.InvokeAsync(
                "Set-MattermostChannel test -Name renamed -Header '' -PassThru; "
                    + "Get-MattermostChannel renamed | Set-MattermostChannel -DisplayName Renamed -Privacy Private -PassThru"
            )
        ).Succeeded();

        Assert.Equal(
            ("renamed", "Test", "", "test purpose", false),
            (
                changed[0].Get("Name"),
                changed[0].Get("DisplayName"),
                changed[0].Get("Header"),
                changed[0].Get("Purpose"),
                changed[0].Get("IsPrivate")
            )
        );
        Assert.Equal(
            ("renamed", "Renamed", true),
            (changed[1].Get("Name"), changed[1].Get("DisplayName"), changed[1].Get("IsPrivate"))
        );
    }

    [Theory]
    [InlineData("Set-MattermostChannel test", "InvalidArgument")]
    [InlineData("Set-MattermostChannel test, alerts -Name x", "InvalidArgument")]
    [InlineData("Set-MattermostChannel test -Name 'No Name'", "InvalidArgument")]
    [InlineData("Set-MattermostChannel test -Name alerts", "ChannelExists")]
    [InlineData("Set-MattermostChannel ghost -Header x", "ChannelNotFound")]
    public async Task What_cannot_be_is_an_error(string command, string errorId)
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal(errorId, (await scene.InvokeAsync(command)).ErrorId);
    }

    [Fact]
    public async Task Making_a_channel_public_says_who_can_read_it_then()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Set-MattermostChannel secret -Privacy Public -WhatIf");
        var same = await scene.InvokeAsync("Set-MattermostChannel secret -Privacy Private");

        Assert.Contains("everybody in its team can read it", result.Screen, StringComparison.Ordinal);
        Assert.Empty(same.Succeeded());
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method == "PUT");
    }

    [Fact]
    public async Task A_channel_that_only_the_bot_is_in_is_changed_by_the_bot()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.RemoveMember("secret", "admin");
        scene.Sandbox.Mattermost.User("admin").Roles = "system_user";

        (await scene.InvokeAsync("Set-MattermostChannel secret -Header New")).Succeeded();

        Assert.Equal("New", scene.Sandbox.Mattermost.Channel("secret").Header);
    }

    [Fact]
    public async Task An_archived_channel_comes_back()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.Archive("test");

        var back = (await scene.InvokeAsync("Restore-MattermostChannel test -PassThru")).Single();
        scene.Sandbox.Calls.Clear();
        var again = await scene.InvokeAsync("Restore-MattermostChannel test -PassThru -Verbose");

        Assert.Equal((false, "test"), (back.Get("IsArchived"), back.Get("Name")));
        Assert.Contains("The channel 'test' is not archived.", again.Verbose);
        Assert.Single(again.Succeeded());
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
    }

    [Fact]
    public async Task Without_the_permission_the_error_names_it()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.Archive("test");
        scene.Sandbox.Mattermost.User("admin").Roles = "system_user";
        scene.Sandbox.Mattermost.RemoveFromTeam("panw", "admin");

        var result = await scene.InvokeAsync("Restore-MattermostChannel test");

        Assert.Contains(
            "manage_team",
            result.AssertError("PermissionDenied", ErrorCategory.PermissionDenied).ToString(),
            StringComparison.Ordinal
        );
    }
}
