using System.Management.Automation;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Channels;

public sealed class GetMattermostChannelTests
{
    [Theory]
    [InlineData("Get-MattermostChannel -Team *", 6)]
    [InlineData("Get-MattermostChannel town-square -Team *", 2)]
    [InlineData("Get-MattermostChannel alerts -Team *", 1)]
    [InlineData("Get-MattermostChannel t*-* -Team *", 2)]
    [InlineData("Get-MattermostChannel (Get-MattermostChannel test).Id -Team *", 1)]
    [InlineData("Get-MattermostChannel -Team s*", 2)]
    [InlineData("Get-MattermostChannel -Team x*", 0)]
    public async Task Lists_the_channels_of_teams_by_wildcards(string command, int count)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        Assert.Equal(count, (await scene.InvokeAsync(command)).Succeeded().Count);
    }

    [Fact]
    public async Task A_channel_that_no_team_has_is_one_error()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        var result = await scene.InvokeAsync("Get-MattermostChannel nowhere, alerts -Team *");

        Assert.Equal("nowhere", result.Error().TargetObject.ToString());
        Assert.Equal(["alerts"], result.Output.All("Name"));
    }

    [Fact]
    public async Task Lists_the_public_channels_of_the_sessions_team()
    {
        await using var scene = await Scene.StartAsync();

        var names = (await scene.InvokeAsync("Get-MattermostChannel")).Succeeded().All("Name");

        Assert.Equal(["alerts", "off-topic", "test", "town-square"], names.Order(StringComparer.Ordinal));
        var call = Assert.Single(scene.Sandbox.Calls);
        Assert.Equal("?page=0&per_page=50", call.Query);
    }

    [Fact]
    public async Task Lists_the_private_channels_as_well_when_asked()
    {
        await using var scene = await Scene.StartAsync();

        var channels = (
            await scene.InvokeAsync("mattermost-list-channels -include_private_channels -page 0 -page_size 10")
        ).Succeeded();

        Assert.Equal("secret", channels[^1].Get("Name"));
        Assert.Equal(true, channels[^1].Get("IsPrivate"));
        Assert.Equal(5, channels.Count);
    }

    [Fact]
    public async Task Limit_is_the_total_over_all_pages_and_lists()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 250; i++)
            scene.Sandbox.Mattermost.CreateChannel("admin", $"many-{i:000}", $"Many {i:000}");
        for (var i = 0; i < 5; i++)
            scene.Sandbox.Mattermost.CreateChannel("admin", $"hidden-{i:000}", $"Hidden {i:000}", "P");

        async Task<int> CountAsync(string arguments) =>
            (await scene.InvokeAsync("Get-MattermostChannel " + arguments))
                .Succeeded()
                .Select(c => (string)c.Get("Id")!)
                .Distinct()
                .Count();

        Assert.Equal(230, await CountAsync("-Limit 230"));
        Assert.Equal(257, await CountAsync("-Limit 257 -IncludePrivate"));
        Assert.Equal(3, await CountAsync("-Limit 3 -IncludePrivate"));
        Assert.Equal(254, await CountAsync("-All"));
        Assert.Equal(260, await CountAsync("-All -IncludePrivate"));
        Assert.Equal(254, await CountAsync("-PageSize 1000"));
        Assert.Equal(4, await CountAsync("-Page 1 -PageSize 250"));
        Assert.Equal(50, await CountAsync(""));
        Assert.Equal(4, await CountAsync("-Page 5"));
        Assert.Equal(7, await CountAsync("-Name many-* -Limit 7"));
        Assert.Equal(10, await CountAsync("-Name MANY-?0? -Limit 10"));
        Assert.Equal(250, await CountAsync("many-*"));
    }

    [Fact]
    public async Task Reads_at_most_three_pages_ahead_of_what_the_pipeline_takes()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 1450; i++)
            scene.Sandbox.Mattermost.CreateChannel("admin", $"many-{i:0000}", $"Many {i:0000}");

        var taken = (
            await scene.InvokeAsync(
                "do { Get-MattermostChannel -All | ForEach-Object { $_; if (++$taken -eq 10) { break } } } while ($false)"
            )
        ).Succeeded();

        Assert.Equal(10, taken.Count);
        Assert.InRange(scene.Sandbox.Calls.Count, 1, 4);
    }

    [Theory]
    [InlineData("Get-MattermostChannel test")]
    [InlineData("Get-MattermostChannel '~test'")]
    [InlineData("'test' | Get-MattermostChannel")]
    [InlineData("Get-MattermostChannel test | Get-MattermostChannel")]
    [InlineData("Get-MattermostChannel (Get-MattermostChannel test).Id")]
    [InlineData("Get-MattermostChannel test -Team (Get-MattermostTeam)")]
    [InlineData("Get-MattermostChannel test -team panw")]
    public async Task Takes_a_name_an_id_and_a_channel(string command)
    {
        await using var scene = await Scene.StartAsync();

        var channel = (await scene.InvokeAsync(command)).Single();

        Assert.Equal("Test", channel.Get("display_name"));
        Assert.Equal("test purpose", channel.Get("purpose"));
        Assert.Equal("O", channel.Get("Type"));
        Assert.Equal(false, channel.Get("IsPrivate"));
    }

    [Fact]
    public async Task Takes_teams_from_the_pipeline()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");

        var names = (await scene.InvokeAsync("Get-MattermostTeam second, panw | Get-MattermostChannel"))
            .Succeeded()
            .All("Name");

        Assert.Equal(6, names.Count());
    }

    [Fact]
    public async Task Goes_on_after_a_name_that_does_not_exist()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Get-MattermostChannel nosuch, test");

        Assert.Equal(["test"], result.Output.All("name"));
        Assert.Equal(
            "nosuch",
            result.AssertError("ChannelNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString()
        );
    }

    [Fact]
    public async Task Reports_that_the_team_does_not_exist()
    {
        await using var scene = await Scene.StartAsync();

        var error = (await scene.InvokeAsync("Get-MattermostChannel -Team nosuch")).AssertError(
            "TeamNotFound",
            ErrorCategory.ObjectNotFound
        );

        Assert.Equal("nosuch", error.TargetObject.ToString());
    }

    [Fact]
    public async Task Names_the_right_that_private_channels_need()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        await scene.InvokeAsync("$session = " + Scene.Connect);

        var result = await scene.InvokeAsync("Get-MattermostChannel -IncludePrivate");

        Assert.Contains(
            "manage_system",
            result.AssertError("PermissionDenied", ErrorCategory.PermissionDenied).ErrorDetails.RecommendedAction,
            StringComparison.Ordinal
        );
        Assert.Equal(4, result.Output.Count);
    }

    [Fact]
    public async Task Waits_as_the_server_asks_and_reports_it()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.RateLimit, RetryAfter = "1" });

        var result = await scene.InvokeAsync("Get-MattermostChannel -Verbose");

        Assert.Equal(4, result.Succeeded().Count);
        Assert.Contains(result.Verbose, line => line.Contains("(attempt 2): HTTP 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_shown_as_the_original_shows_it()
    {
        await using var scene = await Scene.StartAsync();

        var screen = await scene.Engine.ShowAsync("Get-MattermostChannel test");

        Assert.Matches(@"Name\s+DisplayName\s+Type\s+Id", screen);
        Assert.Matches(@"test\s+Test\s+O\s+[a-z0-9]{26}", screen);
    }

    [Fact]
    public async Task Completes_names()
    {
        await using var scene = await Scene.StartAsync();

        var words = (
            await scene.InvokeAsync("(TabExpansion2 'Get-MattermostChannel t' 23).CompletionMatches.CompletionText")
        ).Succeeded();

        Assert.Equal(["test", "town-square"], words.Select(w => w.ToString()));
    }

    [Fact]
    public async Task Stops_within_a_second_in_the_middle_of_a_list()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                PathPattern = "/channels",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin("Get-MattermostChannel -All");
        await scene.Sandbox.Calls.WaitForAsync(_ => true, TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync()).WasStopped);
    }

    [Theory]
    [InlineData("Get-MattermostChannel ('n' * 65)", "name of a channel")]
    [InlineData("Get-MattermostChannel -Team ('n' * 65)", "name of a team")]
    [InlineData("Get-MattermostTeam ('n' * 65)", "name of a team")]
    [InlineData("Send-MattermostNotification x -Channel ('n' * 65)", "name of a channel")]
    public async Task What_no_name_can_be_is_not_looked_for(string command, string what)
    {
        await using var scene = await Scene.StartAsync();

        var error = (await scene.InvokeAsync(command)).AssertError("InvalidArgument", ErrorCategory.InvalidArgument);

        Assert.Contains(
            $"cannot be the {what}: it has 65 characters, and Mattermost allows 64.",
            error.Exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(scene.Sandbox.Calls);
    }

    [Fact]
    public async Task A_pattern_that_is_none_is_that_names_error_and_the_others_go_on()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("Get-MattermostChannel alerts, 'a[b', test");

        Assert.Contains(
            "a[b",
            result.AssertError("InvalidArgument", ErrorCategory.InvalidArgument).Exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["alerts", "test"], result.Output.All("Name"));
    }
}
