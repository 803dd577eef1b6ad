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
        "mattermost-mirror-investigation -investigation_id 1 -type chat -autoclose:$false -direction FromDemisto -channel test -kickAdmin"
    )]
    [InlineData(
        "'1' | Start-MattermostMirror -Type Chat -AutoClose:$false -Direction FromDemisto -Channel test -KickAdmin"
    )]
    [InlineData(
        "Start-MattermostMirror 1 -Type Chat -AutoClose:$false -Direction FromDemisto -Channel (Get-MattermostChannel test) -KickAdmin"
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

        var error = (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel alerts")).AssertError(
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
    [InlineData("Start-MattermostMirror 1 -WhatIf")]
    [InlineData("Start-MattermostMirror 1 -Team other -Channel x -WhatIf")]
    [InlineData("Start-MattermostListener -WhatIf")]
    [InlineData("Stop-MattermostListener -WhatIf")]
    [InlineData("Sync-MattermostMirror -All -WhatIf")]
    [InlineData("Get-MattermostMirror | Stop-MattermostMirror -CloseChannel -WhatIf")]
    public async Task WhatIf_calls_nobody_and_changes_nothing(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync("Start-MattermostMirror 2 -Channel test");
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
}
