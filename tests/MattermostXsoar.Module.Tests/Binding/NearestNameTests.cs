using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Binding;

/// <summary>Names with typing errors, and display names.</summary>
public sealed class NearestNameTests
{
    [Theory]
    [InlineData("Get-MattermostChannel alrets", "alerts", 2)]
    [InlineData("Close-MattermostChannel tets", "test", 2)]
    [InlineData("Get-MattermostUser usr1", "user1", 2)]
    [InlineData("Add-MattermostChannelMember (Get-MattermostChannel test) user11", "user1", 3)]
    [InlineData("Get-MattermostTeam pann", "panw", 2)]
    [InlineData("Get-MattermostChannel -Team pawn", "panw", 2)]
    public async Task A_typing_error_is_answered_with_the_name(string command, string name, int calls)
    {
        await using var scene = await Scene.StartAsync();

        var error = Assert.Single((await scene.InvokeAsync(command)).Errors);

        Assert.EndsWith($" Did you mean '{name}'?", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("NotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(calls, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Get-MattermostChannel completely-else")]
    [InlineData("Get-MattermostUser somebody")]
    [InlineData("Get-MattermostTeam elsewhere")]
    public async Task Nothing_is_suggested_that_is_not_near(string command)
    {
        await using var scene = await Scene.StartAsync();

        var error = (await scene.InvokeAsync(command)).Error();

        Assert.DoesNotContain("Did you mean", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-MattermostChannel 'Phishing of today'", "case-7")]
    [InlineData("Get-MattermostTeam 'Second team'", "second")]
    [InlineData("Get-MattermostUser 'Zoe Quill'", "user2")]
    [InlineData("Get-MattermostUser 'zoe quill', user1 -Limit 1", "user2")]
    public async Task An_exact_display_name_is_found(string command, string name)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateTeam("second", "Second team", "admin");
        scene.Sandbox.Mattermost.CreateChannel("admin", "case-7", "Phishing of today");
        var person = scene.Sandbox.Mattermost.User("user2");
        (person.FirstName, person.LastName) = ("Zoe", "Quill");

        var found = (await scene.InvokeAsync(command)).Single();

        Assert.Equal(name, (found.Properties["Username"] ?? found.Properties["Name"]).Value);
    }

    [Fact]
    public async Task A_channel_that_is_only_titled_as_the_name_is_not_taken_for_it()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "somewhere", "incident-9");

        (await scene.InvokeAsync("Send-MattermostNotification secret -Channel incident-9")).AssertError(
            "ChannelNotFound",
            ErrorCategory.ObjectNotFound
        );

        Assert.Empty(scene.Sandbox.Mattermost.Messages("somewhere"));
    }

    [Fact]
    public async Task A_display_name_of_several_channels_is_an_error_that_names_them()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "one", "War room");
        scene.Sandbox.Mattermost.CreateChannel("admin", "two", "War room");

        var error = (await scene.InvokeAsync("Get-MattermostChannel 'War room'")).AssertError(
            "InvalidArgument",
            ErrorCategory.InvalidArgument
        );

        Assert.Contains("one, two", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
