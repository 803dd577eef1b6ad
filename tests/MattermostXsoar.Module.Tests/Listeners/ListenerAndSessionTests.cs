using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Listeners;

/// <summary>The listener beside everything else that a session and its runspace do.</summary>
public sealed class ListenerAndSessionTests
{
    [Theory]
    [InlineData("Remove-Module MattermostXsoar")]
    [InlineData("Import-Module $manifest -ArgumentList $edition -Force")]
    [InlineData("Disconnect-Mattermost")]
    public async Task It_ends_with_its_session_and_another_runspace_may_take_over(string command)
    {
        await using var scene = await MirrorScene.StartAsync();
        (await scene.InvokeAsync("$x = Start-MattermostListener; $x = Wait-MattermostListener Connected")).Succeeded();

        (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal("Stopped", (await scene.InvokeAsync("$session.ListenerState")).Single().ToString());
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, scene.Deadline);
        await using var next = await Engine.StartAsync();
        scene.Scene.SetVariables(next);
        next.Set("state", scene.StateFile);
        (await next.InvokeAsync(MirrorScene.Connect + "; Start-MattermostListener")).Single();
    }

    [Fact]
    public async Task A_closed_runspace_ends_it()
    {
        await using var scene = await MirrorScene.StartAsync();
        (await scene.InvokeAsync("$x = Start-MattermostListener; $x = Wait-MattermostListener Connected")).Succeeded();

        await scene.Scene.Engine.DisposeAsync();

        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, scene.Deadline);
    }

    [Fact]
    public async Task Waiting_stops_within_a_second_and_leaves_it_running()
    {
        await using var scene = await MirrorScene.StartAsync();
        (await scene.InvokeAsync("$x = Start-MattermostListener; $x = Wait-MattermostListener Connected")).Succeeded();
        using var run = scene.Scene.Engine.Begin("'begun'; Wait-MattermostListener");
        await run.FirstOutputAsync();

        Assert.True((await run.StopAsync()).WasStopped);

        Assert.Equal("Connected", (await scene.InvokeAsync("(Get-MattermostListener).State")).Single().ToString());
    }

    [Fact]
    public async Task In_the_foreground_it_is_stopped_when_nobody_downstream_wants_more()
    {
        await using var scene = await MirrorScene.StartAsync();

        (
            await scene.InvokeAsync(
                "do { Start-MattermostListener -Wait | ForEach-Object { if ($_.Event -eq 'Connected') { break } } } while ($false)"
            )
        ).Succeeded();

        Assert.Equal("Stopped", (await scene.InvokeAsync("(Get-MattermostListener).State")).Single().ToString());
    }

    [Fact]
    public async Task Its_calls_are_not_in_the_verbose_stream_of_the_command_that_started_it_or_of_others()
    {
        await using var scene = await MirrorScene.StartAsync();
        (
            await scene.InvokeAsync(
                "$x = Start-MattermostMirror 1 -Channel test -AllowPublic -Verbose; $x = Wait-MattermostListener Connected"
            )
        ).Succeeded();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Delay,
                Delay = TimeSpan.FromSeconds(1),
                PathPattern = "/teams/name",
            }
        );

        var result = await scene.InvokeAsync("Get-MattermostTeam panw -Verbose");

        Assert.Equal(
            ["GET /api/v4/teams/name/panw"],
            result.Verbose.Select(line => line.Remove(line.IndexOf(':', StringComparison.Ordinal)))
        );
    }

    [Theory]
    [Trait("Category", "Fault")]
    [InlineData("Start-MattermostMirror 1")]
    [InlineData("Sync-MattermostMirror 2")]
    [InlineData("Stop-MattermostMirror 2 -CloseChannel")]
    public async Task Commands_stop_within_a_second_while_the_servers_stall(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 2")).Succeeded();
        scene.Sandbox.Calls.Clear();
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, Count = 1000 });
        using var run = scene.Scene.Engine.Begin(command);
        await scene.Sandbox.Calls.WaitForAsync(_ => true, scene.Deadline);

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
