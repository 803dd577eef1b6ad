using System.Management.Automation;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Users;

public sealed class GetMattermostUserChannelTests
{
    [Theory]
    [InlineData("Get-MattermostUserChannel user1")]
    [InlineData("mattermost-list-private-channels-for-user -team_name panw -user_id user1")]
    [InlineData("Get-MattermostUser user1 | Get-MattermostUserChannel")]
    public async Task Gives_the_private_channels_that_the_user_is_in(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "others", "Others", "P");

        var found = (await scene.InvokeAsync(command)).Single();

        Assert.Equal("secret", found.Get("ChannelName"));
        Assert.Equal("user1", found.Get("Username"));
        Assert.Equal(scene.Sandbox.Mattermost.User("user1").Id, found.Get("id"));
        Assert.Equal(
            ["secret"],
            Assert
                .IsAssignableFrom<System.Collections.IEnumerable>(found.Get("Channels"))
                .Cast<object>()
                .Select(channel => PSObject.AsPSObject(channel))
                .All("name")
        );
    }

    [Theory]
    [InlineData("Get-MattermostUserChannel user1", "user1 secret")]
    [InlineData("Get-MattermostUserChannel user2", "")]
    [InlineData(
        "Get-MattermostUserChannel user* -Channel secret, alerts",
        "user1 alerts|user1 secret|user2 alerts|user3 alerts"
    )]
    [InlineData("Get-MattermostUserChannel user1 -Channel s*", "user1 secret")]
    [InlineData("Get-MattermostUserChannel '*r2@example.com' -Channel t*", "user2 test|user2 town-square")]
    [InlineData("Get-MattermostUserChannel user1 -Team *", "user1 closed|user1 secret")]
    [InlineData("Get-MattermostUserChannel user1 -Team s*", "user1 closed")]
    [InlineData("Get-MattermostUserChannel user1 -Team x*", "")]
    [InlineData("Get-MattermostUserChannel -Channel secret", "admin secret|user1 secret|xsoarbot secret")]
    [InlineData("Get-MattermostUserChannel -Channel closed -Team second", "admin closed|user1 closed")]
    [InlineData(
        "Get-MattermostChannel s* -IncludePrivate | Get-MattermostUserChannel",
        "admin secret|user1 secret|xsoarbot secret"
    )]
    [InlineData(
        "Get-MattermostChannel -IncludePrivate | Get-MattermostUserChannel user1 | Where-Object Type -eq P",
        "user1 secret"
    )]
    [InlineData("Get-MattermostUser u* | Get-MattermostUserChannel", "user1 secret")]
    [InlineData("[pscustomobject]@{ User = 'user1'; Channel = 'test' } | Get-MattermostUserChannel", "user1 test")]
    [InlineData("Get-MattermostUserChannel user1 | Get-MattermostUserChannel", "user1 secret")]
    [InlineData("Get-MattermostUserChannel user1 | Get-MattermostUser | Get-MattermostUserChannel", "user1 secret")]
    [InlineData(
        "Get-MattermostUserChannel user1 | Get-MattermostChannel | Get-MattermostUserChannel user1",
        "user1 secret"
    )]
    public async Task Takes_users_channels_and_wildcards(string command, string expected)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");
        scene.Sandbox.Mattermost.AddToTeam("second", "user1");
        var closed = scene.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P", "second");
        scene.Sandbox.Mattermost.AddMember(closed.Id, "user1");

        var found = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(
            expected.Split('|', StringSplitOptions.RemoveEmptyEntries),
            found.Select(item => $"{item.Get("Username")} {item.Get("ChannelName")}").Order(StringComparer.Ordinal)
        );
        Assert.All(
            found,
            item => Assert.Equal(item.Get("Username"), PSObject.AsPSObject(item.Get("User")).Get("Username"))
        );
    }

    [Fact]
    public async Task A_user_s_list_is_read_once_for_many_channels()
    {
        await using var scene = await Scene.StartAsync();

        var found = (await scene.InvokeAsync("Get-MattermostChannel | Get-MattermostUserChannel user1")).Succeeded();

        Assert.Equal(4, found.Count);
        Assert.Equal(1, scene.Sandbox.Calls.CountOf(pathPattern: "/users/[^/]+/teams/[^/]+/channels$"));
    }

    [Fact]
    public async Task A_channel_is_written_before_the_next_user_s_list_is_read()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            var user = scene.Sandbox.Mattermost.CreateUser($"many{i:00}").Username;
            scene.Sandbox.Mattermost.AddToTeam("panw", user);
            scene.Sandbox.Mattermost.AddMember("secret", user);
        }

        var first = (
            await scene.InvokeAsync(
                "do { Get-MattermostUserChannel many* | ForEach-Object { $_; break } } while ($false)"
            )
        ).Single();

        Assert.Equal("many00", first.Get("Username"));
        Assert.InRange(scene.Sandbox.Calls.CountOf(pathPattern: "/users/[^/]+/teams/[^/]+/channels$"), 1, 9);
    }

    [Fact]
    public async Task Wildcards_for_a_channel_need_a_user()
    {
        await using var scene = await Scene.StartAsync();

        var error = (await scene.InvokeAsync("Get-MattermostUserChannel -Channel s*, secret")).Error();

        Assert.Equal("s*", error.TargetObject.ToString());
        Assert.Contains("Get-MattermostChannel 's*'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_has_all_channels_of_a_user_as_one_list()
    {
        await using var scene = await Scene.StartAsync();

        var channels = (
            await scene.InvokeAsync(
                "$context = Get-MattermostUserChannel user1, user2 -Channel test, alerts | ConvertTo-MattermostContext;"
                    + "$context.Mattermost.User | ForEach-Object { '' + $_.Channels.Count + ' ' + $_.Channels.name }"
            )
        ).Succeeded();

        Assert.Equal(["2 alerts test", "2 alerts test"], channels.Select(item => item.ToString()));
    }

    [Fact]
    public async Task Keeps_the_order_and_goes_on_after_a_user_who_is_not_there()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(
            "'user3', 'ghost', 'user1', 'user2' | Get-MattermostUserChannel -Channel test -Verbose"
        );

        Assert.Equal(["user3", "user1", "user2"], result.Output.All("Username"));
        Assert.Equal("ghost", result.AssertError("UserNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString());
        Assert.Contains("Channels for user3:", result.Verbose);
        // One for the names, one for those that may be meant by ghost, three for channels.
        Assert.Equal(5, scene.Sandbox.Calls.Count);
    }

    [Fact]
    public async Task Another_team_is_asked_for_once()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        var found = (
            await scene.InvokeAsync(
                "'user1', 'user2', 'admin' | Get-MattermostUserChannel -Team second -Channel town-square"
            )
        ).Succeeded();

        Assert.Single(found);
        Assert.Equal(1, scene.Sandbox.Calls.CountOf(pathPattern: "/teams/name/second$"));
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 403,
                PathPattern = "/teams/",
                Count = 1,
                Body =
                    """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions."}""",
            }
        );

        var error = (await scene.InvokeAsync("Get-MattermostUserChannel user1")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains(
            "edit_other_users and view_team",
            error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Is_shown_as_the_original_shows_it()
    {
        await using var scene = await Scene.StartAsync();

        var screen = await scene.Engine.ShowAsync("Get-MattermostUserChannel user1, user2 -Channel secret, test");

        Assert.Contains("Channels for user1:", screen, StringComparison.Ordinal);
        Assert.Matches(@"Name\s+DisplayName\s+Type\s+Id", screen);
        Assert.Matches(@"secret\s+Secret\s+P\s+[a-z0-9]{26}", screen);
        Assert.Contains("Channels for user2:", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_within_a_second_while_the_server_stalls()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                PathPattern = "/teams/",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin("Get-MattermostUserChannel user1, user2");
        await scene.Sandbox.Calls.WaitForAsync(
            call => call.Path.Contains("/teams/", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
