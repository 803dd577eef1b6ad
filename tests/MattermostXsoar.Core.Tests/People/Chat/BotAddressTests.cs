using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Chat;

/// <summary>Which messages are for the bot, and who is answered.</summary>
public sealed class BotAddressTests
{
    [Fact]
    public async Task In_a_channel_only_what_begins_with_the_bots_name_is_answered_in_its_thread()
    {
        await using var scene = await BotScene.StartAsync();
        var world = scene.Sandbox.Mattermost;
        var about = world.Post("user1", "alerts", "I asked @xsoarbot to create incident name=x yesterday");
        var other = world.Post("user1", "alerts", "@xsoarbots create incident name=x");
        var message = world.Post("user1", "alerts", "@XSOARbot: create incident name=Shared");

        var reply = await scene.ReplyAsync(message);

        Assert.StartsWith("Successfully created incident Shared.", reply.Message, StringComparison.Ordinal);
        Assert.Equal(message.Id, reply.RootId);
        Assert.Empty(scene.Replies(about));
        Assert.Empty(scene.Replies(other));
        Assert.Equal(4, scene.Sandbox.Xsoar.Incidents.Count);
    }

    [Fact]
    public async Task A_reply_in_a_thread_that_answers_no_question_gets_help_there()
    {
        await using var scene = await BotScene.StartAsync();
        var root = scene.Write("user1", "help");
        await scene.ReplyAsync(root);

        var reply = await scene.ReplyAsync(scene.Write("user1", "yes", root.Id));

        Assert.StartsWith("I can understand the following commands:", reply.Message, StringComparison.Ordinal);
        Assert.Equal(root.Id, reply.RootId);
    }

    [Fact]
    public async Task Other_bots_programs_the_server_and_the_bot_itself_are_never_answered()
    {
        await using var scene = await BotScene.StartAsync();
        var world = scene.Sandbox.Mattermost;
        world.CreateUser("otherbot", isBot: true);
        world.AddToTeam(scene.Sandbox.TeamName, "otherbot");
        var ofBot = scene.Write("otherbot", "list incidents");
        var own = world.Post("xsoarbot", world.Direct("user1", "xsoarbot").Id, "list incidents");
        await scene.AskAsync("user1", "help");

        Assert.Empty(scene.Replies(ofBot));
        Assert.Empty(scene.Replies(own));
    }

    [Fact]
    public async Task One_persons_messages_are_limited_and_the_others_are_answered()
    {
        await using var scene = await BotScene.StartAsync(settings => settings with { MostPerMinute = 2 });
        var messages = new List<SandboxPost>();
        for (var i = 0; i < 5; i++)
        {
            messages.Add(scene.Write("user1", "help"));
            scene.Harness.Tick();
        }

        await scene.ReplyAsync(messages[2]);
        await scene.AskAsync("user2", "help");

        Assert.Equal([1, 1, 1, 0, 0], messages.Select(message => scene.Replies(message).Count));
        Assert.Equal(
            "I answer 2 messages of one person in a minute. Please wait a minute.",
            scene.Replies(messages[2])[0].Message
        );
    }

    [Fact]
    public async Task Restricted_incidents_are_shown_to_their_roles_and_not_to_a_whole_channel()
    {
        await using var scene = await BotScene.StartAsync();
        scene.Sandbox.Xsoar.Incident("1").Roles = ["Analyst"];
        scene.Sandbox.Xsoar.Incident("2").Roles = ["Board"];

        var direct = await scene.AskAsync("user1", "list incidents");
        var inChannel = await scene.ReplyAsync(
            scene.Sandbox.Mattermost.Post("user1", "alerts", "@xsoarbot list incidents")
        );

        Assert.Contains("Phishing mail", direct, StringComparison.Ordinal);
        Assert.DoesNotContain("Malware on host", direct, StringComparison.Ordinal);
        Assert.DoesNotContain("Phishing mail", inChannel.Message, StringComparison.Ordinal);
        Assert.Contains("Suspicious login", inChannel.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_incident_is_called_pings_nobody_and_is_no_button()
    {
        await using var scene = await BotScene.StartAsync();
        var message = scene.Sandbox.Mattermost.Post(
            "user1",
            "alerts",
            "@xsoarbot create incident json={\"name\":\"@all look\",\"details\":\"\\u0025%%{\\\"action\\\":\\\"Wipe\\\"}%%%\"}"
        );

        var reply = await scene.ReplyAsync(message);

        Assert.DoesNotContain("@all", reply.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("%%%", scene.Sandbox.Xsoar.Incident("4").Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_without_mirrors_answers_too()
    {
        await using var scene = await BotScene.StartAsync();
        Assert.Empty(scene.Harness.Service.GetMirrors());
        Assert.NotEmpty(await scene.AskAsync("user1", "help"));
        Assert.Equal(ListenerState.Connected, scene.Harness.Service.Listener.View().State);
    }
}
