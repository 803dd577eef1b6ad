using System.Management.Automation;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Groups;

/// <summary>Adding and removing members of a group.</summary>
public sealed class GroupMemberTests
{
    [Theory]
    [InlineData("Add-MattermostGroupMember tier2 user1, '@user2'")]
    [InlineData("mattermost-add-group-member -group_id $id -user_ids 'user1,user2'")]
    [InlineData("'user1', 'user2@example.com' | Add-MattermostGroupMember 'SOC Tier 2'")]
    [InlineData("Get-MattermostUser user1, user2 | Add-MattermostGroupMember (Get-MattermostGroup tier2)")]
    [InlineData("Get-MattermostGroupMember tier1 | Add-MattermostGroupMember -Group tier2")]
    public async Task Adds_users_with_one_call(string command)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var group = scene.Sandbox.Mattermost.Group("tier2");
        scene.Engine.Set("id", group.Id);

        var result = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(result.Succeeded());
        Assert.Equal(3, group.MemberIds.Count);
        Assert.Equal(1, scene.Sandbox.Calls.CountOf(method: "POST", pathPattern: "/groups/.*/members$"));
        foreach (var name in new[] { "user1", "user2" })
            Assert.Contains(
                $"The member {name} was added to the group successfully, with group ID: {group.Id}",
                result.Verbose
            );
    }

    [Theory]
    [InlineData("Remove-MattermostGroupMember tier1 user1, user2")]
    [InlineData("mattermost-remove-group-member -group_id $id -user_ids user1,user2")]
    [InlineData("Get-MattermostGroupMember tier1 | Remove-MattermostGroupMember")]
    public async Task Removes_users_with_one_call(string command)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var group = scene.Sandbox.Mattermost.Group("tier1");
        scene.Engine.Set("id", group.Id);

        var result = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(result.Succeeded());
        Assert.Empty(group.MemberIds);
        Assert.Equal(1, scene.Sandbox.Calls.CountOf(method: "DELETE"));
        Assert.Contains(
            $"The member user1 was removed from the group successfully, with group ID: {group.Id}",
            result.Verbose
        );
    }

    [Fact]
    public async Task Hundreds_take_a_call_for_each_two_hundred()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var names = Enumerable.Range(0, 450).Select(i => $"many{i:000}").ToArray();
        foreach (var name in names)
            scene.Sandbox.Mattermost.CreateUser(name);
        scene.Engine.Set("names", names);
        scene.Sandbox.Calls.Clear();

        var members = (await scene.InvokeAsync("$names | Add-MattermostGroupMember tier2 -PassThru")).Succeeded();

        Assert.Equal(names, members.All("Username"));
        Assert.Equal(451, scene.Sandbox.Mattermost.Group("tier2").MemberIds.Count);
        // The group by its name, three look-ups, three additions.
        Assert.Equal(7, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Remove")]
    public async Task WhatIf_changes_nobody(string verb)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        Assert.Empty((await scene.InvokeAsync($"{verb}-MattermostGroupMember tier1 user1, user3 -WhatIf")).Succeeded());

        Assert.Equal(0, scene.Sandbox.Calls.CountOf(pathPattern: "/members$"));
        Assert.Equal(2, scene.Sandbox.Mattermost.Group("tier1").MemberIds.Count);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Remove")]
    public async Task Each_bad_user_is_an_error_and_the_others_go_on(string verb)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        var result = await scene.InvokeAsync(
            $"'user1', 'ghost', 'user2' | {verb}-MattermostGroupMember tier1 -PassThru"
        );

        Assert.Equal(["user1", "user2"], result.Output.All("Username"));
        Assert.Equal("ghost", result.AssertError("UserNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString());
    }

    [Fact]
    public async Task When_the_server_refuses_all_for_one_the_others_are_added_all_the_same()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        // The answer to all, then that to the first alone.
        const string Missing = """{"id":"app.user.missing_account.const","message":"Unable to find the user."}""";
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 404,
                Method = "POST",
                PathPattern = "/groups/",
                Body = Missing,
                Count = 2,
            }
        );

        var result = await scene.InvokeAsync("Add-MattermostGroupMember tier2 user1, user2 -PassThru");

        Assert.Single(result.Output);
        result.AssertError("UserNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(2, scene.Sandbox.Mattermost.Group("tier2").MemberIds.Count);
    }

    [Theory]
    [InlineData("user1, user3, user2", "user1 user2")]
    [InlineData("user3", "")]
    public async Task Whoever_is_not_in_the_group_changes_nothing_and_the_others_leave_it(string users, string left)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        var result = await scene.InvokeAsync($"Remove-MattermostGroupMember tier1 {users} -PassThru -Verbose");

        Assert.Equal(left, string.Join(' ', result.Succeeded().All("Username")));
        Assert.Contains("@user3 was not in the group 'SOC Tier 1'.", result.Verbose);
        Assert.DoesNotContain(result.Verbose, line => line.StartsWith("The member user3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_whom_the_server_does_not_remove_is_an_error()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        // What the server answers for a user who is not in the group.
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 500,
                Method = "DELETE",
                PathPattern = "/groups/",
                Body = """{"id":"app.update_error","message":"update error","status_code":500}""",
                Count = 10,
            }
        );

        var error = Assert.Single((await scene.InvokeAsync("Remove-MattermostGroupMember tier1 user1")).Errors);

        Assert.Equal("user1", error.TargetObject.ToString());
        Assert.Contains("@user1 in the group 'SOC Tier 1'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Remove")]
    public async Task Before_6_3_the_server_is_too_old(string verb)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Old);

        var error = (await scene.InvokeAsync($"{verb}-MattermostGroupMember tier1 user1, user2")).AssertError(
            "ServerTooOld",
            ErrorCategory.NotImplemented
        );

        Assert.Contains("6.3", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add", false)]
    [InlineData("Remove", true)]
    public async Task A_directorys_group_is_changed_in_the_directory(string verb, bool asServer)
    {
        await using var scene = await Scene.StartAsync(asServer ? GroupScene.AsServer : GroupScene.Licensed);

        var error = (await scene.InvokeAsync($"{verb}-MattermostGroupMember everybody user1, user2")).AssertError(
            "InvalidRequest",
            ErrorCategory.InvalidOperation
        );

        Assert.Contains("directory", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_license_that_is_the_error()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.InvokeAsync("'user1', 'user2' | Add-MattermostGroupMember tier1")).AssertError(
            "LicenseRequired",
            ErrorCategory.NotImplemented
        );
    }

    [Fact]
    public async Task Whoever_may_not_read_the_group_changes_it_by_id()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed, connect: false);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        scene.Engine.Set("id", scene.Sandbox.Mattermost.Group("tier2").Id);
        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();

        (await scene.InvokeAsync("Add-MattermostGroupMember $id user1")).Succeeded();

        Assert.Equal(2, scene.Sandbox.Mattermost.Group("tier2").MemberIds.Count);
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var scene = await Scene.StartAsync(
            GroupScene.Licensed with
            {
                EverybodyManagesCustomGroups = false,
                DeveloperMode = false,
            },
            connect: false
        );
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();

        var error = (await scene.InvokeAsync("Add-MattermostGroupMember tier2 user1, user2")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("custom_group", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add", "POST")]
    [InlineData("Remove", "DELETE")]
    public async Task Stops_within_a_second_while_the_server_stalls(string verb, string method)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                Method = method,
                PathPattern = "/members",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin($"{verb}-MattermostGroupMember tier1 user1, user3");
        await scene.Sandbox.Calls.WaitForAsync(
            call => call.Method == method && call.Path.Contains("/members", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
