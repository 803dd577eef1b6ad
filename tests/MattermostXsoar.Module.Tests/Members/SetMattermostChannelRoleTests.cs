using System.Management.Automation;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Members;

public sealed class SetMattermostChannelRoleTests
{
    [Theory]
    [InlineData("Set-MattermostChannelRole test user1 Admin")]
    [InlineData("mattermost-set-channel-role -channel_id $id -user_id user1 -role Admin")]
    [InlineData("Get-MattermostUser user1 | Set-MattermostChannelRole test -Role Admin")]
    public async Task Makes_an_administrator_and_a_member_again(string command)
    {
        await using var scene = await Scene.StartAsync();
        var channel = scene.Sandbox.Mattermost.Channel("test");
        var member = scene.Sandbox.Mattermost.AddMember("test", "user1");
        scene.Engine.Set("id", channel.Id);

        var raised = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(raised.Succeeded());
        Assert.True(member.IsAdmin);
        Assert.Contains("Set channel role for user1 successfully to Admin.", raised.Verbose);
        Assert.Equal(
            """{"roles":"channel_user channel_admin"}""",
            scene.Sandbox.Calls.Single(call => call.Method == "PUT").Body
        );

        var lowered = await scene.InvokeAsync("Set-MattermostChannelRole test user1 -Verbose");

        Assert.False(member.IsAdmin);
        Assert.Contains("Set channel role for user1 successfully to Member.", lowered.Verbose);
    }

    [Fact]
    public async Task PassThru_gives_the_membership_with_the_new_role()
    {
        await using var scene = await Scene.StartAsync();

        var members = (
            await scene.InvokeAsync("Set-MattermostChannelRole test user2, user1 Admin -PassThru")
        ).Succeeded();

        Assert.All(members, member => Assert.Equal(true, member.Get("IsAdmin")));
        Assert.Equal(["channel_user channel_admin", "channel_user channel_admin"], members.All("roles"));
    }

    [Fact]
    public async Task WhatIf_changes_nothing()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Empty((await scene.InvokeAsync("Set-MattermostChannelRole test user1 Admin -WhatIf")).Succeeded());

        Assert.Equal(0, scene.Sandbox.Calls.CountOf(method: "PUT"));
    }

    [Fact]
    public async Task One_who_is_no_member_is_an_error_and_the_others_go_on()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Set-MattermostChannelRole secret user2, user1 Admin -PassThru");

        Assert.Equal("user2", result.AssertError("UserNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString());
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();

        var error = (await scene.InvokeAsync("Set-MattermostChannelRole test user2 Admin")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("manage_channel_roles", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_within_a_second_while_the_server_stalls()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                Method = "PUT",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin("Set-MattermostChannelRole test user1 Admin");
        await scene.Sandbox.Calls.WaitForAsync(call => call.Method == "PUT", TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
