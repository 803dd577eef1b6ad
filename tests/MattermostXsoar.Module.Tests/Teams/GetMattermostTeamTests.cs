using System.Management.Automation;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Teams;

public sealed class GetMattermostTeamTests
{
    [Theory]
    [InlineData("Get-MattermostTeam", "panw another second")]
    [InlineData("Get-MattermostTeam *", "another panw second")]
    [InlineData("Get-MattermostTeam 'S*', [ab]*", "second another")]
    [InlineData("'x*', 'panw' | Get-MattermostTeam", "panw")]
    public async Task Gives_the_account_s_teams_without_a_name_or_with_wildcards(string command, string expected)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");
        scene.Sandbox.Mattermost.CreateTeam("another", "Another team", "admin");
        scene.Sandbox.Mattermost.CreateTeam("foreign", "Foreign team", "user1");

        var teams = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(expected.Split(' ').Order(), teams.All("Name").Order());
        if (command == "Get-MattermostTeam")
            Assert.Equal("panw", teams[0].Get("Name"));
    }

    [Theory]
    [InlineData("mattermost-get-team -team_name second")]
    [InlineData("Get-MattermostTeam second")]
    [InlineData("'second' | Get-MattermostTeam")]
    [InlineData("Get-MattermostTeam second | Get-MattermostTeam")]
    [InlineData("Get-MattermostTeam (Get-MattermostTeam second).Id")]
    public async Task Takes_a_name_an_id_and_a_team(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        var team = (await scene.InvokeAsync(command)).Single();

        Assert.Equal("Second team", team.Get("DisplayName"));
        Assert.IsType<DateTimeOffset>(team.Get("CreateAt"));
        Assert.Null(team.Get("DeleteAt"));
        Assert.IsType<long>(team.Get("create_at"));
        Assert.Equal(0L, team.Get("delete_at"));
    }

    [Fact]
    public async Task Goes_on_after_a_name_that_does_not_exist()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("'nosuch', 'panw' | Get-MattermostTeam; Get-MattermostTeam nosuch, panw");

        Assert.Equal(["panw", "panw"], result.Output.All("name"));
        Assert.All(
            result.Errors,
            error =>
                Assert.Equal(
                    "TeamNotFound,MattermostXsoar.Cmdlets.Teams.GetMattermostTeamCmdlet",
                    error.FullyQualifiedErrorId
                )
        );
        Assert.All(
            result.Errors,
            error =>
                Assert.Equal(
                    (ErrorCategory.ObjectNotFound, "nosuch"),
                    (error.CategoryInfo.Category, error.TargetObject.ToString())
                )
        );
        Assert.Equal(2, result.Errors.Count);
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var scene = await Scene.StartAsync();
        var token = scene.Sandbox.Mattermost.CreateToken("user1");
        scene.Sandbox.Mattermost.CreateTeam("closed", "Closed team", "admin", "I");
        scene.Engine.Set("personal", Scene.Secret(token));
        await scene.InvokeAsync("$session = " + Scene.Connect);

        var error = (await scene.InvokeAsync("Get-MattermostTeam closed")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("view_team", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_shown_as_the_original_shows_it()
    {
        await using var scene = await Scene.StartAsync();

        var screen = await scene.Engine.ShowAsync("Get-MattermostTeam");

        Assert.Matches(@"Name\s+DisplayName\s+Type\s+Id", screen);
        Assert.Matches(@"panw\s+PANW\s+O\s+[a-z0-9]{26}", screen);
    }

    [Fact]
    public async Task An_error_is_shown_with_its_advice()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Contains(
            "Check the team's name",
            await scene.Engine.ShowAsync("Get-MattermostTeam nosuch"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Stops_within_a_second_while_the_server_stalls()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, Count = 100 });
        using var run = scene.Engine.Begin("Get-MattermostTeam");
        await scene.Sandbox.Calls.WaitForAsync(_ => true, TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
