using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Listeners;

/// <summary>The settings of a session for messages to the bot.</summary>
public sealed class BotMessageTests
{
    [Fact]
    public async Task A_listener_answers_and_the_sessions_settings_say_who_may_create_which_incidents()
    {
        await using var scene = await MirrorScene.StartAsync(
            new SandboxOptions { MattermostVersion = "11.6.0" },
            "-AllowExternalIncidents -IncidentType Phishing"
        );
        (await scene.InvokeAsync("$x = Start-MattermostListener; $x = Wait-MattermostListener Connected")).Succeeded();
        var world = scene.Sandbox.Mattermost;
        var bot = scene.Sandbox.Options.Seed.Bot;
        var external = world.Direct("user3", bot);
        var user = world.Direct("user1", bot);

        world.Post("user3", external.Id, "new incident Odd mail");
        await scene.ChannelHasAsync(external.Id, "Successfully created incident Odd mail.");
        world.Post("user1", user.Id, "mirror 4");
        await scene.ChannelHasAsync(user.Id, "channel name: incident-4");

        Assert.Equal(
            ("Odd mail", "Phishing"),
            (scene.Sandbox.Xsoar.Incident("4").Name, scene.Sandbox.Xsoar.Incident("4").Type)
        );
        Assert.Equal("4", (await scene.InvokeAsync("(Get-MattermostMirror).InvestigationId")).Single().ToString());
    }
}
