using System.Management.Automation;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Users;

public sealed class GetMattermostUserTests
{
    [Fact]
    public async Task Lists_the_servers_users()
    {
        await using var scene = await Scene.StartAsync();

        var users = (await scene.InvokeAsync("Get-MattermostUser")).Succeeded();

        Assert.Equal(
            ["admin", "user1", "user2", "user3", "xsoarbot"],
            users.All("Username").Order(StringComparer.Ordinal)
        );
        Assert.Equal("?page=0&per_page=50", Assert.Single(scene.Sandbox.Calls).Query);
    }

    [Theory]
    [InlineData("Get-MattermostUser", 60, true)]
    [InlineData("Get-MattermostUser", 40, false)]
    [InlineData("Get-MattermostUser -Page 0", 60, false)]
    [InlineData("Get-MattermostUser -Limit 50", 60, false)]
    [InlineData("Get-MattermostUser -All", 60, false)]
    public async Task Warns_that_there_may_be_more_than_the_first_fifty(string command, int users, bool warns)
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < users; i++)
            scene.Sandbox.Mattermost.CreateUser($"person{i:00}");

        var result = await scene.InvokeAsync(command);

        Assert.Empty(result.Errors);
        Assert.Equal(warns ? 1 : 0, result.Warnings.Count(text => text.Contains("first 50", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Get-MattermostUser -Channel secret")]
    [InlineData("Get-MattermostUser -Channel secret -Team panw")]
    [InlineData("mattermost-list-users -team_name panw -channel secret -page 0 -page_size 50 -limit 10")]
    [InlineData("Get-MattermostChannel secret | Get-MattermostUser")]
    public async Task Lists_a_channels_members_and_not_the_teams(string command)
    {
        await using var scene = await Scene.StartAsync();

        var users = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(["admin", "user1", "xsoarbot"], users.All("username").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Query.Contains("in_team", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-MattermostUser -Team second")]
    [InlineData("Get-MattermostTeam second | Get-MattermostUser")]
    public async Task Lists_a_teams_members(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        Assert.Equal(["admin"], (await scene.InvokeAsync(command)).Succeeded().All("Username"));
    }

    [Fact]
    public async Task Limit_is_the_total_over_the_servers_pages()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 445; i++)
            scene.Sandbox.Mattermost.CreateUser($"many{i:000}");

        async Task<(int Users, int Calls)> CountAsync(string arguments)
        {
            scene.Sandbox.Calls.Clear();
            var found = (await scene.InvokeAsync("Get-MattermostUser " + arguments))
                .Succeeded()
                .Select(user => (string)user.Get("Id")!)
                .Distinct();
            return (found.Count(), scene.Sandbox.Calls.Count);
        }

        // Pages are requested ahead until a short one shows the end.
        var (users, calls) = await CountAsync("-All");
        Assert.Equal(450, users);
        Assert.InRange(calls, 3, 5);
        Assert.Equal((230, 2), await CountAsync("-Limit 230"));
        Assert.Equal((3, 1), await CountAsync("-All -Limit 3"));
        Assert.Equal((50, 1), await CountAsync("-Page 8"));
        Assert.Equal((0, 1), await CountAsync("-Page 9"));
        Assert.Equal((300, 2), await CountAsync("-PageSize 300"));
        Assert.Equal((250, 2), await CountAsync("-PageSize 20 -Limit 250"));
        Assert.Equal((100, 1), await CountAsync("-PageSize 20 -Page 2 -Limit 100"));
    }

    [Fact]
    public async Task Without_All_reads_no_page_that_the_pipeline_does_not_want()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 450; i++)
            scene.Sandbox.Mattermost.CreateUser($"many{i:000}");

        var taken = (
            await scene.InvokeAsync(
                "do { Get-MattermostUser -Limit 450 | ForEach-Object { $_; if (++$taken -eq 3) { break } } } while ($false)"
            )
        ).Succeeded();

        Assert.Equal(3, taken.Count);
        Assert.Equal(1, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Get-MattermostUser user*", "user1 user2 user3")]
    [InlineData("Get-MattermostUser '@USER[12]'", "user1 user2")]
    [InlineData("Get-MattermostUser 'user3,*bot', admin", "user3 xsoarbot admin")]
    [InlineData("Get-MattermostUser '*2@example.*'", "user2")]
    [InlineData("'u*1', 'u*2' | Get-MattermostUser", "user1 user2")]
    [InlineData("Get-MattermostUser user* -Limit 2", "user1 user2")]
    [InlineData("Get-MattermostUser nobody*", "")]
    public async Task Takes_wildcards_in_a_name_or_an_address(string command, string expected)
    {
        await using var scene = await Scene.StartAsync();

        var users = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), users.All("Username"));
    }

    [Fact]
    public async Task An_invalid_pattern_is_an_error_of_its_own()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Get-MattermostUser user1, 'a[b', user2");

        Assert.Equal(["user1", "user2"], result.Output.All("Username"));
        Assert.Equal(
            "a[b",
            result.AssertError("InvalidArgument", ErrorCategory.InvalidArgument).TargetObject.ToString()
        );
    }

    [Theory]
    [InlineData("Get-MattermostUser -Team *", "admin user1 user2 user3 xsoarbot")]
    [InlineData("Get-MattermostUser -Team s*", "admin")]
    [InlineData("Get-MattermostUser -Team p* -Channel secret", "admin user1 xsoarbot")]
    public async Task Lists_each_member_of_several_teams_once(string command, string expected)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        var users = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(expected.Split(' '), users.All("Username").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Add-MattermostChannelMember test user*")]
    [InlineData("Remove-MattermostChannelMember test user*")]
    [InlineData("Set-MattermostChannelRole test user* Admin")]
    [InlineData("Send-MattermostNotification x -To user*")]
    [InlineData("Add-MattermostChannelMember test user1 -Team *")]
    [InlineData("Close-MattermostChannel test -Team *")]
    [InlineData("Close-MattermostChannel t* -Force")]
    [InlineData("New-MattermostChannel X x -Team *")]
    [InlineData("Start-MattermostMirror 1 -Team *")]
    public async Task What_changes_something_takes_no_wildcards(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command);

        Assert.EndsWith(
            "NotFound",
            Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0],
            StringComparison.Ordinal
        );
        Assert.All(scene.Sandbox.Calls, call => Assert.False(call.Method is "PUT" or "DELETE"));
    }

    [Theory]
    [InlineData("Get-MattermostUser user1")]
    [InlineData("Get-MattermostUser '@user1'")]
    [InlineData("Get-MattermostUser USER1")]
    [InlineData("Get-MattermostUser user1@example.com")]
    [InlineData("Get-MattermostUser (Get-MattermostUser user1).Id")]
    [InlineData("'user1' | Get-MattermostUser")]
    [InlineData("Get-MattermostUser user1 | Get-MattermostUser")]
    public async Task Takes_a_name_an_address_an_id_and_a_user(string command)
    {
        await using var scene = await Scene.StartAsync();

        var user = (await scene.InvokeAsync(command)).Single();

        Assert.Equal("user1@example.com", user.Get("email"));
        Assert.Equal("First1", user.Get("first_name"));
        Assert.IsType<long>(user.Get("create_at"));
        Assert.IsType<DateTimeOffset>(user.Get("CreateAt"));
    }

    [Fact]
    public async Task Many_names_are_looked_up_together_and_written_in_their_order()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 250; i++)
            scene.Sandbox.Mattermost.CreateUser($"many{i:000}");

        var users = (
            await scene.InvokeAsync("249..0 | ForEach-Object { 'many{0:000}' -f $_ } | Get-MattermostUser")
        ).Succeeded();

        Assert.Equal(Enumerable.Range(0, 250).Reverse().Select(i => $"many{i:000}"), users.All("Username"));
        Assert.Equal(2, scene.Sandbox.Calls.Count);
    }

    [Fact]
    public async Task One_text_may_name_several()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal(
            ["user2", "user1"],
            (await scene.InvokeAsync("Get-MattermostUser 'user2, user1,'")).Succeeded().All("Username")
        );
    }

    [Fact]
    public async Task Those_who_are_not_there_are_errors_of_their_own()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("'ghost', 'user1', 'ghost@example.com', 'user2' | Get-MattermostUser");

        Assert.Equal(["user1", "user2"], result.Output.All("Username"));
        Assert.Equal(["ghost", "ghost@example.com"], result.Errors.Select(error => error.TargetObject.ToString()));
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category));
        Assert.All(
            result.Errors,
            error => Assert.StartsWith("UserNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal)
        );
        Assert.All(result.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_the_error()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal(
            "nosuch",
            (await scene.InvokeAsync("Get-MattermostUser -Channel nosuch"))
                .AssertError("ChannelNotFound", ErrorCategory.ObjectNotFound)
                .TargetObject.ToString()
        );
    }

    [Fact]
    public async Task Is_shown_as_the_original_shows_it()
    {
        await using var scene = await Scene.StartAsync();

        var screen = await scene.Engine.ShowAsync("Get-MattermostUser user1");

        Assert.Matches(@"Username\s+Email\s+Role\s+Id", screen);
        Assert.Matches(@"user1\s+user1@example.com\s+system_user\s+[a-z0-9]{26}", screen);
    }

    [Theory]
    [InlineData("Get-MattermostUser -All")]
    [InlineData("Get-MattermostUser user1, user1@example.com")]
    public async Task Stops_within_a_second_while_the_server_stalls(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, Count = 100 });
        using var run = scene.Engine.Begin(command);
        await scene.Sandbox.Calls.WaitForAsync(_ => true, TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
