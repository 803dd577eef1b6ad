using System.Management.Automation;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Channels;

public sealed class CloseMattermostChannelTests
{
    [Theory]
    [InlineData("Close-MattermostChannel test")]
    [InlineData("mattermost-close-channel -team_name panw -channel test")]
    [InlineData("close-channel -channel_name test")]
    [InlineData("Get-MattermostChannel test | Close-MattermostChannel")]
    [InlineData("Close-MattermostChannel (Get-MattermostChannel test).Id")]
    public async Task Archives_a_channel(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(result.Succeeded());
        Assert.True(scene.Sandbox.Mattermost.Channel("test").IsArchived);
        Assert.Contains("The channel test was delete successfully.", result.Verbose);
    }

    [Fact]
    public async Task PassThru_gives_the_archived_channel()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal(
            true,
            (await scene.InvokeAsync("Close-MattermostChannel test -PassThru")).Single().Get("IsArchived")
        );
    }

    [Fact]
    public async Task WhatIf_archives_nothing()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Empty((await scene.InvokeAsync("Close-MattermostChannel test, alerts -WhatIf")).Succeeded());

        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
    }

    [Theory]
    [InlineData("Close-MattermostChannel test, alerts")]
    [InlineData("'test', 'alerts' | Close-MattermostChannel")]
    [InlineData("Get-MattermostChannel test, alerts | Close-MattermostChannel")]
    [InlineData("Get-MattermostMirror | Close-MattermostChannel")]
    [InlineData("Close-MattermostChannel -InvestigationId 1, 2")]
    [InlineData("Get-MattermostMirror | Stop-MattermostMirror -CloseChannel")]
    [InlineData("Stop-MattermostMirror 1, 2 -CloseChannel")]
    public async Task More_than_one_channel_needs_force(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 1 -Channel test -AllowPublic; Start-MattermostMirror 2 -Channel alerts -AllowPublic"
            )
        ).Succeeded();
        bool[] Archived() =>
            [.. new[] { "test", "alerts" }.Select(name => scene.Sandbox.Mattermost.Channel(name).IsArchived)];

        var error = (await scene.InvokeAsync(command)).AssertError("InvalidArgument", ErrorCategory.InvalidArgument);

        Assert.Matches("2 channels .* -Force.*'(test', 'alerts|alerts', 'test)'", error.ToString());
        Assert.Equal([false, false], Archived());
        Assert.Equal(["Active", "Active"], (await scene.InvokeAsync("Get-MattermostMirror")).Succeeded().All("State"));

        Assert.Empty((await scene.InvokeAsync(command + " -WhatIf")).Succeeded());
        Assert.Equal([false, false], Archived());

        (await scene.InvokeAsync(command + " -Force")).Succeeded();
        Assert.Equal([true, true], Archived());
    }

    [Theory]
    [InlineData("Close-MattermostChannel test, '~test'")]
    [InlineData("Get-MattermostChannel test | Close-MattermostChannel")]
    public async Task One_channel_needs_no_force(string command)
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync(command)).Succeeded();

        Assert.True(scene.Sandbox.Mattermost.Channel("test").IsArchived);
    }

    [Fact]
    public async Task A_channel_that_does_not_exist_is_reported_as_by_the_original_and_none_is_archived()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Close-MattermostChannel nosuch, test");

        var error = result.AssertError("ChannelNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(
            "The channel nosuch was not found. It may have been already deleted, or not in the team provided.",
            error.Exception.Message
        );
        Assert.False(scene.Sandbox.Mattermost.Channel("test").IsArchived);
    }

    [Fact]
    public async Task Without_a_channel_and_an_investigation_it_is_an_error()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync("Close-MattermostChannel")).AssertError(
            "InvalidArgument",
            ErrorCategory.InvalidArgument
        );

        Assert.Equal(0, scene.Sandbox.Calls.Count);
    }

    [Fact]
    public async Task Without_a_channel_it_closes_the_investigations_and_ends_the_mirror()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();

        (await scene.InvokeAsync("Close-MattermostChannel -InvestigationId 1")).Succeeded();

        Assert.True(scene.Sandbox.Mattermost.Channel("incident-1").IsArchived);
        var mirror = (await scene.InvokeAsync("Get-MattermostMirror 1")).Single();
        Assert.Equal(("Stopped", "Its channel was closed."), (mirror.Get("State")!.ToString(), mirror.Get("Reason")));
    }

    [Fact]
    public async Task A_channel_that_is_closed_has_no_mirror_any_more()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 1 -Channel test -AllowPublic; Start-MattermostMirror 2 -Channel test -AllowPublic"
            )
        ).Succeeded();

        (await scene.InvokeAsync("Close-MattermostChannel test")).Succeeded();

        Assert.Equal(
            ["Stopped", "Stopped"],
            (await scene.InvokeAsync("Get-MattermostMirror")).Succeeded().All("State")
        );
    }

    [Theory]
    [InlineData("Close-MattermostChannel incident-1 -PassThru")]
    [InlineData("Get-MattermostMirror 1 | Close-MattermostChannel -PassThru")]
    [InlineData("Close-MattermostChannel -InvestigationId 1 -PassThru")]
    public async Task A_mirrors_channel_that_only_the_bot_is_in_is_closed_as_well(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1 -KickAdmin")).Succeeded();
        scene.Scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        (await scene.InvokeAsync(MirrorScene.Connect + " -NoListener")).Succeeded();

        Assert.Equal(true, (await scene.InvokeAsync(command)).Single().Get("IsArchived"));
        Assert.Equal("Stopped", (await scene.InvokeAsync("Get-MattermostMirror 1")).Single().Get("State")!.ToString());
    }

    [Fact]
    public async Task A_channel_that_another_investigation_uses_is_not_closed_by_investigation()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 1 -Channel test -AllowPublic; Start-MattermostMirror 2 -Channel test -AllowPublic"
            )
        ).Succeeded();

        var error = (await scene.InvokeAsync("Close-MattermostChannel -InvestigationId 1")).AssertError(
            "InvalidArgument",
            ErrorCategory.InvalidOperation
        );

        Assert.Contains("investigation 2", error.Exception.Message, StringComparison.Ordinal);
        Assert.False(scene.Sandbox.Mattermost.Channel("test").IsArchived);
    }

    [Fact]
    public async Task An_investigation_without_a_mirror_is_an_error()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        (await scene.InvokeAsync("Close-MattermostChannel -InvestigationId 3")).AssertError(
            "MirrorNotFound",
            ErrorCategory.ObjectNotFound
        );
    }

    [Fact]
    public async Task Makes_no_state_file()
    {
        await using var scene = await MirrorScene.StartAsync();

        (await scene.InvokeAsync("Close-MattermostChannel test")).Succeeded();

        Assert.False(File.Exists(scene.StateFile));
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();
        scene.Sandbox.Mattermost.RemoveMember("test", "user1");

        var error = (await scene.InvokeAsync("Close-MattermostChannel test")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("delete_public_channel", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_within_a_second_while_the_server_stalls()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                Method = "DELETE",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin("Close-MattermostChannel test");
        await scene.Sandbox.Calls.WaitForAsync(call => call.Method == "DELETE", TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
