using MattermostXsoar.Core.People.Chat;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Chat;

/// <summary>Commands for the incident of a mirror's channel.</summary>
public sealed class IncidentControlTests
{
    private static readonly ChatCommand[] All = Enum.GetValues<ChatCommand>();

    [Theory]
    [InlineData("owner @user2", "Set the owner to Grace Hopper.", "set the owner to Grace Hopper from Mattermost.")]
    [InlineData("owner me", "Set the owner to First1 Last1.", "set the owner to First1 Last1 from Mattermost.")]
    [InlineData("Severity high", "Set the severity to High.", "set the severity to High from Mattermost.")]
    [InlineData(
        "assign 43 @user2",
        "Assigned task 43 to Grace Hopper.",
        "assigned task 43 to Grace Hopper from Mattermost."
    )]
    [InlineData("note it was me", "Added a note.", "added a note from Mattermost:\n> it was me")]
    public async Task Each_command_does_what_it_says_and_the_War_Room_says_who_did_it(
        string command,
        string answer,
        string entry
    )
    {
        await using var scene = await StartAsync(All);
        scene.Sandbox.Xsoar.Incident("1").CustomFieldsJson = """{"scanip":"1.2.3.4"}""";

        Assert.Equal(answer, await AskAsync(scene, command));

        var told = Assert.Single(Told(scene));
        Assert.StartsWith($"**First1 Last1 (@user1)** {entry}", told.Contents, StringComparison.Ordinal);
        var incident = scene.Sandbox.Xsoar.Incident("1");
        var word = command.Split(' ')[0].ToLowerInvariant();
        Assert.Equal(
            word == "owner"
                ? command.EndsWith("me", StringComparison.Ordinal)
                    ? "user1"
                    : "user2"
                : "admin",
            incident.Owner
        );
        Assert.Equal(word == "severity" ? 3 : 1, incident.Severity);
        Assert.Equal(word == "assign" ? "user2" : "", scene.Sandbox.Xsoar.Task("1", "43").Assignee);
        Assert.Equal(word == "note", told.Note);
        Assert.Equal(("Phishing mail", 1), (incident.Name, incident.Status));
        Assert.Contains("1.2.3.4", incident.CustomFieldsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_is_closed_with_its_reason()
    {
        await using var scene = await StartAsync(All);

        await PostAsync(scene, "close false positive");

        await scene.Sandbox.Xsoar.WhenAsync(world => world.Incident("1").IsClosed, scene.Harness.Token);
        Assert.StartsWith(
            "**First1 Last1 (@user1)** closes this incident from Mattermost:\n> false positive\n",
            Assert.Single(Told(scene)).Contents,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"closeReason\":\"False Positive\"",
            scene.Sandbox.Calls.Single(call => call.Path.EndsWith("/incident/close", StringComparison.Ordinal)).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_status_is_told_and_nothing_is_written()
    {
        await using var scene = await StartAsync(All);

        var server = scene.Sandbox.XsoarUri.AbsoluteUri.TrimEnd('/');
        Assert.Equal(
            "Incident 1: Phishing mail\nStatus: Active, severity: Low, type: Unclassified, owner: admin\n"
                + $"Open tasks: 43 (Block the user?)\n{server}/#/WarRoom/1",
            await AskAsync(scene, "status")
        );
        Assert.Empty(Told(scene));
    }

    [Theory]
    [InlineData("user1", "close it", "`close` is not allowed here.", "AllowChatCommand Close")]
    [InlineData("user3", "owner @user1", "`owner` is for users of XSOAR only.", "No user of XSOAR has the e-mail")]
    [InlineData("user1", "owner", "Please write: @xsoarbot owner @name", "")]
    [InlineData("user1", "owner @user3", "user3 cannot be found in XSOAR.", "No user of XSOAR has the e-mail")]
    [InlineData("user1", "owner @nobody", "There is no user @nobody in Mattermost.", "")]
    [InlineData("user1", "severity very high", "Please write: @xsoarbot severity", "")]
    [InlineData("user1", "assign 99 @user2", "There is no open task 99.", "Open tasks: 43 (Block the user?)")]
    [InlineData("user1", "assign @user2", "Please write: @xsoarbot assign", "")]
    public async Task A_refusal_says_why_and_changes_nothing(string person, string command, string why, string what)
    {
        await using var scene = await StartAsync([.. All.Except([ChatCommand.Close])]);
        var version = scene.Sandbox.Xsoar.Incident("1").Version;

        var answer = (await scene.ReplyAsync(await PostAsync(scene, command, person))).Message.Replace("\u200B", "");

        Assert.StartsWith(why, answer, StringComparison.Ordinal);
        Assert.Contains(what, answer, StringComparison.Ordinal);
        Assert.Empty(Told(scene));
        Assert.Equal(
            ("admin", 1.0),
            (scene.Sandbox.Xsoar.Incident("1").Owner, scene.Sandbox.Xsoar.Incident("1").Severity)
        );
        Assert.DoesNotContain(
            scene.Sandbox.Calls,
            call => call.Path.EndsWith("/incident", StringComparison.Ordinal) && call.Method == "POST"
        );
    }

    [Fact]
    public async Task By_default_nothing_acts_and_the_list_of_commands_names_what_is_allowed()
    {
        await using var scene = await StartAsync([ChatCommand.Note, ChatCommand.Owner]);
        Assert.EndsWith(
            "mirror incident-id\nowner @name\nnote <text>",
            (await AskAsync(scene, "what can you do")).Replace("\u200B", ""),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("owner", await scene.AskAsync("user1", "owner @user2"), StringComparison.Ordinal);
        await using var none = await StartAsync([]);
        Assert.StartsWith("`status` is not allowed here.", await AskAsync(none, "status"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("note !Print value=ran")]
    [InlineData("note /incident_close")]
    [InlineData("note @admin")]
    [InlineData("note x\n**From Mattermost**\n!Print value=ran")]
    [InlineData("note %%%{\"message\":\"x\",\"action\":\"Wipe\"}%%%")]
    public async Task A_text_never_becomes_a_command(string command)
    {
        await using var scene = await StartAsync(All);

        Assert.Equal("Added a note.", await AskAsync(scene, command));

        var told = Assert.Single(Told(scene));
        Assert.DoesNotContain("%%%", told.Contents, StringComparison.Ordinal);
        Assert.StartsWith(
            "**First1 Last1 (@user1)** added a note from Mattermost:\n> ",
            told.Contents,
            StringComparison.Ordinal
        );
        Assert.All(
            told.Contents.Split('\n').Skip(1).SkipLast(1).Where(line => line.Length > 0),
            line => Assert.StartsWith(">", line, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            scene.Sandbox.Calls,
            call =>
                call.Path.EndsWith("/entry", StringComparison.Ordinal)
                || call.Path.Contains("/entry/execute", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(nameof(StopPoint.MessageActing), "note once")]
    [InlineData(nameof(StopPoint.MessageActed), "note once")]
    [InlineData(nameof(StopPoint.MessageActed), "owner @user2")]
    [InlineData(nameof(StopPoint.MessageActed), "close once")]
    [InlineData(nameof(StopPoint.AfterReply), "note once")]
    [InlineData("lost", "note once")]
    public async Task Once_also_where_the_process_ends_or_an_answer_is_lost(string step, string command)
    {
        await using var scene = await StartAsync(All);
        SandboxPost message;
        if (step == "lost")
        {
            scene.Sandbox.Faults.Add(
                new Fault
                {
                    Server = "xsoar",
                    Method = "POST",
                    PathPattern = "/entry/note$",
                    Kind = FaultKind.ActThenDrop,
                    Count = 1,
                }
            );
            message = await PostAsync(scene, command);
        }
        else
        {
            await scene.Harness.Service.CloseAsync();
            var end = new ProcessEnd(step, 1);
            await scene.ListenAsync(end.Points);
            message = await PostAsync(scene, command);
            await end.Reached.WaitAsync(scene.Harness.Token);
            await scene.Harness.Service.CloseAsync();
            await scene.ListenAsync();
        }

        if (command.StartsWith("close", StringComparison.Ordinal))
            await scene.Sandbox.Xsoar.WhenAsync(world => world.Incident("1").IsClosed, scene.Harness.Token);
        else
            await scene.ReplyAsync(message);
        Assert.Contains("understand", await scene.AskAsync("user1", "help"), StringComparison.Ordinal);

        Assert.Single(Told(scene));
        Assert.InRange(scene.Replies(message).Count, command.StartsWith("close", StringComparison.Ordinal) ? 0 : 1, 1);
    }

    private static async Task<BotScene> StartAsync(IReadOnlyCollection<ChatCommand> allowed)
    {
        var scene = await BotScene.StartAsync(settings => settings with { AllowedCommands = allowed });
        scene.Sandbox.Xsoar.AddQuestion("1", "43", "Block the user?", "Yes", "No");
        await scene.Harness.MirrorConnectedAsync();
        return scene;
    }

    private static Task<SandboxPost> PostAsync(BotScene scene, string command, string person = "user1") =>
        Task.FromResult(scene.Sandbox.Mattermost.Post(person, "incident-1", $"@{scene.Bot} {command}"));

    private static async Task<string> AskAsync(BotScene scene, string command) =>
        (await scene.ReplyAsync(await PostAsync(scene, command))).Message;

    private static List<SandboxEntry> Told(BotScene scene) =>
        [
            .. scene
                .Sandbox.Xsoar.Entries("1")
                .Where(entry => entry.Contents.Contains("), command ", StringComparison.Ordinal)),
        ];
}
