using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Sessions;

public sealed class SessionListTests
{
    [Fact]
    public async Task The_newest_session_is_the_default_then_the_newest_left()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        await scene.InvokeAsync($"$one = {Scene.Connect}; $two = {Scene.ConnectWithoutXsoar}");

        Assert.Equal(["1", "2"], (await scene.InvokeAsync("Get-MattermostSession")).Succeeded().All("Id"));
        Assert.Equal("2", (await scene.InvokeAsync("Get-MattermostSession 2")).Single().Get("Id")!.ToString());
        (await scene.InvokeAsync("Disconnect-Mattermost")).Succeeded();
        Assert.Equal(["1"], (await scene.InvokeAsync("Get-MattermostSession")).Succeeded().All("Id"));
        (await scene.InvokeAsync("Get-MattermostTeam")).Single();
        (await scene.InvokeAsync("Disconnect-Mattermost")).Succeeded();
        // As in a finally block, when the session ended before.
        (await scene.InvokeAsync("Disconnect-Mattermost")).Succeeded();
        (await scene.InvokeAsync("Get-MattermostTeam")).AssertError("NotConnected", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public async Task Any_session_can_be_ended_through_the_pipeline()
    {
        await using var scene = await Scene.StartAsync();
        await scene.InvokeAsync($"$two = {Scene.ConnectWithoutXsoar}");

        (await scene.InvokeAsync("$session | Disconnect-Mattermost")).Succeeded();

        Assert.Equal(["2"], (await scene.InvokeAsync("Get-MattermostSession")).Succeeded().All("Id"));
        (await scene.InvokeAsync("Get-MattermostTeam -Session $session")).AssertError(
            "NotConnected",
            ErrorCategory.InvalidOperation
        );
        (await scene.InvokeAsync("Get-MattermostTeam -Session $two")).Single();
    }

    [Fact]
    public async Task An_empty_session_does_not_mean_the_default_one()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Calls.Clear();

        Assert.NotEmpty((await scene.InvokeAsync("Close-MattermostChannel test -Session $neverConnected")).Errors);

        Assert.Empty(scene.Sandbox.Calls);
    }

    [Fact]
    public async Task Disconnect_with_WhatIf_leaves_the_session()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync("Disconnect-Mattermost -WhatIf")).Succeeded();

        (await scene.InvokeAsync("Get-MattermostTeam")).Single();
    }

    [Fact]
    public async Task Sessions_belong_to_their_runspace()
    {
        await using var scene = await Scene.StartAsync();
        await using var other = await Engine.StartAsync();

        Assert.Empty((await other.InvokeAsync("Get-MattermostSession")).Succeeded());

        // A session may be handed over all the same, as ForEach-Object -Parallel does with $using:.
        other.Set("session", scene.Engine.Get("session"));
        var team = (await other.InvokeAsync("Get-MattermostTeam -Session $session")).Single();
        Assert.Equal("PANW", team.Get("display_name"));
    }

    [Fact]
    public async Task Remove_Module_ends_the_sessions_of_its_runspace_only()
    {
        await using var scene = await Scene.StartAsync();
        await using var other = await Engine.StartAsync();
        scene.SetVariables(other);
        (await other.InvokeAsync("$session = " + Scene.Connect)).Succeeded();

        (await scene.InvokeAsync("Remove-Module MattermostXsoar -ErrorAction Stop")).Succeeded();

        Assert.Equal("False", (await scene.InvokeAsync("$session.IsConnected")).Single().ToString());
        Assert.Equal("True", (await other.InvokeAsync("$session.IsConnected")).Single().ToString());
    }

    [Theory]
    [InlineData("Remove-Module MattermostXsoar; Import-Module $manifest -ArgumentList $edition")]
    [InlineData("Import-Module $manifest -ArgumentList $edition -Force")]
    public async Task Views_and_aliases_of_objects_come_again_after_another_import(string again)
    {
        await using var scene = await Scene.StartAsync();
        (await scene.InvokeAsync(again)).Succeeded();
        Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Succeeded());

        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();

        Assert.Equal("PANW", (await scene.InvokeAsync("(Get-MattermostTeam).display_name")).Single().ToString());
        Assert.Contains("DisplayName", await scene.Engine.ShowAsync("Get-MattermostTeam"), StringComparison.Ordinal);
        (await scene.InvokeAsync("$team = Get-MattermostTeam; Remove-Module MattermostXsoar")).Succeeded();
    }

    [Fact]
    public async Task A_closed_runspace_ends_its_sessions()
    {
        await using var scene = await Scene.StartAsync();
        var session = PSObject.AsPSObject(scene.Engine.Get("session"));

        await scene.Engine.DisposeAsync();

        Assert.Equal(false, session.Get("IsConnected"));
    }

    [Fact]
    public async Task Sessions_are_shown_as_a_table()
    {
        await using var scene = await Scene.StartAsync();

        var screen = await scene.Engine.ShowAsync("$session");

        Assert.Contains("xsoarbot", screen, StringComparison.Ordinal);
        Assert.Contains("panw", screen, StringComparison.Ordinal);
    }
}
