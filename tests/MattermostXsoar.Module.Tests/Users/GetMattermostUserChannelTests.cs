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

        var channels = Assert
            .IsAssignableFrom<System.Collections.IEnumerable>(found.Get("Channels"))
            .Cast<object>()
            .Select(channel => PSObject.AsPSObject(channel));
        Assert.Equal(["secret"], channels.All("name"));
        Assert.Equal(scene.Sandbox.Mattermost.User("user1").Id, found.Get("id"));
    }

    [Fact]
    public async Task Keeps_the_order_and_goes_on_after_a_user_who_is_not_there()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("'user3', 'ghost', 'user1', 'user2' | Get-MattermostUserChannel -Verbose");

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
            await scene.InvokeAsync("'user1', 'user2', 'user3' | Get-MattermostUserChannel -Team second")
        ).Succeeded();

        Assert.Equal(3, found.Count);
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

        var screen = await scene.Engine.ShowAsync("Get-MattermostUserChannel user1, user2");

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
