using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Sessions;

public sealed class TestMattermostConnectionTests
{
    private const string TestMessage = "Hi there! This is a test message from XSOAR.";

    [Fact]
    public async Task Tries_everything_and_posts_the_test_message()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        await scene.InvokeAsync($"$session = {Scene.Connect} -NotificationChannel alerts");

        var checks = (await scene.InvokeAsync("Test-MattermostConnection")).Succeeded();

        Assert.Equal(
            ["Server", "BotToken", "PersonalToken", "Team", "NotificationChannel", "Xsoar"],
            checks.All("Check")
        );
        Assert.All(checks, check => Assert.Equal(true, check.Get("Ok")));
        Assert.All(checks, check => Assert.InRange((TimeSpan)check.Get("Duration")!, TimeSpan.Zero, Engine.Deadline));
        var post = Assert.Single(scene.Sandbox.Mattermost.Messages("alerts"));
        Assert.Equal(TestMessage, post.Message);
    }

    [Fact]
    public async Task Warns_of_a_server_that_shows_only_its_newest_messages()
    {
        await using var scene = await Scene.StartAsync(
            new SandboxOptions { MattermostVersion = "11.6.0", HistoryLimit = 10_000 }
        );

        var result = await scene.InvokeAsync("Test-MattermostConnection");

        var server = result.Output.Single(it => "Server".Equals(it.Get("Check")));
        Assert.Equal(true, server.Get("Ok"));
        Assert.StartsWith(
            "Mattermost 11.6.0, without a license. This server shows only its newest 10,000 messages",
            (string)server.Get("Message")!,
            StringComparison.Ordinal
        );
        Assert.Contains("newest 10,000 messages", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_an_archived_team()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.Team("panw").DeleteAt = 1;

        var check = (await scene.InvokeAsync("Test-MattermostConnection"))
            .Succeeded()
            .Single(it => "Team".Equals(it.Get("Check")));

        Assert.Equal(false, check.Get("Ok"));
        Assert.StartsWith("The team 'panw' is archived.", (string)check.Get("Message")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_out_what_the_session_does_not_have()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        await scene.InvokeAsync("$session = " + Scene.ConnectWithoutXsoar);

        var checks = (await scene.InvokeAsync("Test-MattermostConnection")).Succeeded();

        Assert.Equal(["Server", "BotToken", "PersonalToken", "Team"], checks.All("Check"));
    }

    [Fact]
    public async Task With_WhatIf_posts_nothing()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        await scene.InvokeAsync($"$session = {Scene.Connect} -NotificationChannel alerts");
        scene.Sandbox.Calls.Clear();

        var checks = (await scene.InvokeAsync("Test-MattermostConnection -WhatIf")).Succeeded();

        Assert.Equal(6, checks.Count);
        Assert.Empty(scene.Sandbox.Mattermost.Messages("alerts"));
        Assert.Equal(0, scene.Sandbox.Calls.CountOf(server: "mattermost", method: "POST"));
    }

    [Fact]
    public async Task Gives_the_original_texts_for_what_is_wrong()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        await scene.InvokeAsync($"$session = {Scene.Connect} -NotificationChannel alerts");
        scene.Sandbox.Mattermost.Archive("alerts");
        scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.BotToken);
        scene.Sandbox.Xsoar.RollApiKey();

        var checks = (await scene.InvokeAsync("Test-MattermostConnection"))
            .Succeeded()
            .ToDictionary(c => (string)c.Get("Check")!);

        Assert.Contains(
            "Make sure the Bot Access Token is configured properly.",
            (string)checks["BotToken"].Get("Message")!,
            StringComparison.Ordinal
        );
        Assert.Equal(true, checks["PersonalToken"].Get("Ok"));
        Assert.Equal(
            "Channel does not exist or archived, choose a different channel to send notifications to",
            checks["NotificationChannel"].Get("Message")
        );
        Assert.Contains("API key", (string)checks["Xsoar"].Get("Message")!, StringComparison.Ordinal);
        Assert.Equal(
            ["BotToken", "NotificationChannel", "Xsoar"],
            checks.Values.Where(c => !(bool)c.Get("Ok")!).All("Check")
        );
    }

    [Fact]
    public async Task Adds_the_bot_to_the_channel()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");
        await scene.InvokeAsync($"$session = {Scene.Connect} -NotificationChannel closed");

        var result = await scene.InvokeAsync("Test-MattermostConnection -Verbose");

        Assert.All(result.Succeeded(), check => Assert.True((bool)check.Get("Ok")!, (string)check.Get("Message")!));
        Assert.Contains(result.Verbose, line => line.Contains("the personal token added it", StringComparison.Ordinal));
        Assert.Equal(TestMessage, Assert.Single(scene.Sandbox.Mattermost.Messages("closed")).Message);
    }

    [Fact]
    public async Task Goes_on_after_a_check_that_fails_and_stops_when_asked_to()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                PathPattern = "/users/me",
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin("Test-MattermostConnection");
        await scene.Sandbox.Calls.WaitForAsync(
            call => call.Path.EndsWith("/users/me", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        Assert.True((await run.StopAsync()).WasStopped);
    }

    [Fact]
    public async Task Checks_are_shown_as_a_table()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Matches(
            @"BotToken\s+True\s+\d+ ms\s+The bot is @xsoarbot\.",
            await scene.Engine.ShowAsync("Test-MattermostConnection")
        );
    }
}
