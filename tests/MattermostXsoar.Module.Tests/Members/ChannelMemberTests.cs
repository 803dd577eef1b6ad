using System.Management.Automation;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Members;

/// <summary>Adding and removing members of a channel.</summary>
public sealed class ChannelMemberTests
{
    [Theory]
    [InlineData("Add-MattermostChannelMember secret user2, '@user3'")]
    [InlineData("mattermost-add-channel-member -team panw -channel secret -user_id user2,user3")]
    [InlineData("'user2', 'user3@example.com' | Add-MattermostChannelMember secret")]
    [InlineData("Get-MattermostUser user2, user3 | Add-MattermostChannelMember (Get-MattermostChannel secret)")]
    [InlineData("Get-MattermostChannel secret | Add-MattermostChannelMember -User 'user2,user3'")]
    [InlineData(
        "[pscustomobject]@{ channel = 'secret'; username = 'user2' }, [pscustomobject]@{ channel = 'secret'; username = 'user3' } | Add-MattermostChannelMember"
    )]
    public async Task Adds_users_to_a_channel(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(result.Succeeded());
        var channel = scene.Sandbox.Mattermost.Channel("secret");
        foreach (var name in new[] { "user2", "user3" })
        {
            Assert.Contains(scene.Sandbox.Mattermost.User(name).Id, channel.MemberIds);
            Assert.Contains(
                $"The member {name} was added to the channel successfully, with channel ID: {channel.Id}",
                result.Verbose
            );
        }
    }

    [Fact]
    public async Task A_deactivated_account_is_no_missing_permission_and_the_others_are_added()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.SetActive("user2", false);

        var result = await scene.InvokeAsync("Add-MattermostChannelMember secret user2, user3");

        Assert.Equal(
            "user2",
            result.AssertError("UserDeactivated", ErrorCategory.InvalidOperation).TargetObject.ToString()
        );
        Assert.Contains(
            scene.Sandbox.Mattermost.User("user3").Id,
            scene.Sandbox.Mattermost.Channel("secret").MemberIds
        );
    }

    [Fact]
    public async Task Warns_of_a_deactivated_member_where_the_server_adds_them()
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { MattermostVersion = "5.37.0" });
        scene.Sandbox.Mattermost.SetActive("user2", false);

        var result = await scene.InvokeAsync("Add-MattermostChannelMember secret user2, user3");

        Assert.Empty(result.Errors);
        Assert.Equal(
            "The account of 'user2' is deactivated: they will not read channel 'secret'.",
            Assert.Single(result.Warnings)
        );
    }

    [Theory]
    [InlineData("Remove-MattermostChannelMember test user2, user3")]
    [InlineData("mattermost-remove-channel-member -team panw -channel test -user_id user2,user3")]
    [InlineData("Add-MattermostChannelMember test user2, user3 -PassThru | Remove-MattermostChannelMember")]
    public async Task Removes_users_from_a_channel(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command + " -Verbose");

        Assert.Empty(result.Succeeded());
        var channel = scene.Sandbox.Mattermost.Channel("test");
        foreach (var name in new[] { "user2", "user3" })
        {
            Assert.DoesNotContain(scene.Sandbox.Mattermost.User(name).Id, channel.MemberIds);
            Assert.Contains($"The member {name} was removed from the channel successfully.", result.Verbose);
        }
    }

    [Theory]
    [InlineData("Add-MattermostChannelMember secret $names -PassThru")]
    [InlineData("$names | Add-MattermostChannelMember secret -PassThru")]
    public async Task Five_hundred_take_as_many_calls_and_a_handful(string command)
    {
        await using var scene = await Scene.StartAsync();
        var names = Enumerable.Range(0, 500).Select(i => $"many{i:000}").ToArray();
        foreach (var name in names)
        {
            scene.Sandbox.Mattermost.CreateUser(name);
            scene.Sandbox.Mattermost.AddToTeam("panw", name);
        }

        scene.Engine.Set("names", names);
        scene.Sandbox.Calls.Clear();

        var members = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(
            names,
            members.Select(member => scene.Sandbox.Mattermost.User((string)member.Get("UserId")!).Username)
        );
        Assert.Equal(500, scene.Sandbox.Calls.CountOf(method: "POST", pathPattern: "/members$"));
        // The channel, and three times two hundred names.
        Assert.Equal(504, scene.Sandbox.Calls.Count);
    }

    [Fact]
    public async Task Users_who_are_known_are_not_looked_up()
    {
        await using var scene = await Scene.StartAsync();
        (
            await scene.InvokeAsync(
                "$users = Get-MattermostUser user1, user2, user3; $channel = Get-MattermostChannel secret"
            )
        ).Succeeded();
        scene.Sandbox.Calls.Clear();

        (await scene.InvokeAsync("$users | Add-MattermostChannelMember $channel")).Succeeded();

        Assert.Equal(3, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Remove")]
    public async Task PassThru_gives_the_memberships_in_order(string verb)
    {
        await using var scene = await Scene.StartAsync();

        var members = (
            await scene.InvokeAsync($"{verb}-MattermostChannelMember test user3, user1 -PassThru")
        ).Succeeded();

        Assert.Equal(
            ["user3", "user1"],
            members.Select(member => scene.Sandbox.Mattermost.User((string)member.Get("user_id")!).Username)
        );
        Assert.All(
            members,
            member =>
                Assert.Equal(
                    "MattermostXsoar.Core.Mattermost.Models.MattermostChannelMember",
                    member.BaseObject.GetType().FullName
                )
        );
    }

    [Theory]
    [InlineData("Set-MattermostChannelRole secret user2 Admin", "@user2 is not in the channel 'secret'.")]
    [InlineData("Add-MattermostChannelMember secret outsider", "@outsider is not in the team of the channel 'secret'.")]
    public async Task An_error_names_who_is_not_in_it(string command, string message)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateUser("outsider");

        var error = (await scene.InvokeAsync(command)).AssertError("UserNotFound", ErrorCategory.ObjectNotFound);

        Assert.Equal(message, error.Exception.Message);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Remove")]
    public async Task WhatIf_changes_nobody(string verb)
    {
        await using var scene = await Scene.StartAsync();

        Assert.Empty(
            (await scene.InvokeAsync($"{verb}-MattermostChannelMember test user1, user2 -WhatIf")).Succeeded()
        );

        Assert.All(
            scene.Sandbox.Calls,
            call =>
                Assert.True(
                    call.Method == "GET" || call.Path.EndsWith("/usernames", StringComparison.Ordinal),
                    call.ToString()
                )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("-PassThru")]
    public async Task Removing_whom_is_not_in_the_channel_changes_nothing(string passThru)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(
            $"Remove-MattermostChannelMember secret user2 {passThru} -Verbose; Remove-MattermostChannelMember secret user2"
        );

        Assert.Empty(result.Succeeded());
        Assert.Contains("@user2 was not in the channel 'secret'.", result.Verbose);
    }

    [Theory]
    [InlineData("Add", "ghost", "outsider")]
    [InlineData("Remove", "ghost")]
    public async Task Each_bad_user_is_an_error_and_the_others_go_on(string verb, params string[] bad)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateUser("outsider");

        var result = await scene.InvokeAsync(
            $"'user1', 'ghost', 'outsider', 'user2' | {verb}-MattermostChannelMember test -PassThru"
        );

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(bad, result.Errors.Select(error => error.TargetObject.ToString()));
        Assert.All(
            result.Errors,
            error =>
                Assert.Equal(
                    ("UserNotFound", ErrorCategory.ObjectNotFound),
                    (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category)
                )
        );
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_one_error()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("'user1', 'user2', 'user3' | Add-MattermostChannelMember nosuch");

        Assert.Equal(
            "nosuch",
            result.AssertError("ChannelNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString()
        );
        // The second call lists the names that may be meant.
        Assert.Equal(2, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Add", "secret", "manage_private_channel_members")]
    [InlineData("Remove", "test", "manage_public_channel_members")]
    public async Task Names_the_missing_right(string verb, string channel, string permission)
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user2")));
        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();
        scene.Sandbox.Mattermost.RemoveMember("test", "user2");
        scene.Engine.Set("channel", scene.Sandbox.Mattermost.Channel(channel).Id);
        (await scene.InvokeAsync("$user = Get-MattermostUser user3")).Succeeded();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 200,
                Method = "GET",
                Body = $$"""{"id":"{{scene.Sandbox.Mattermost.Channel(channel).Id}}","name":"{{channel}}"}""",
            }
        );

        var error = (await scene.InvokeAsync($"{verb}-MattermostChannelMember $channel $user")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains(permission, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("user3", error.TargetObject.ToString());
    }

    [Theory]
    [InlineData("Add", "POST")]
    [InlineData("Remove", "DELETE")]
    public async Task Stops_within_a_second_while_the_server_stalls(string verb, string method)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                Method = method,
                PathPattern = "/members",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin($"'user1', 'user2' | {verb}-MattermostChannelMember test");
        await scene.Sandbox.Calls.WaitForAsync(
            call => call.Path.Contains("/members", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
