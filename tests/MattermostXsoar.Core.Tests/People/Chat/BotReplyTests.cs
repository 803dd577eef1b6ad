using System.Text.Json.Nodes;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Chat;

/// <summary>
/// What the bot answers to direct messages: each row of the tables in xsoar-rest.md, section 8, with its exact text.
/// </summary>
public sealed class BotReplyTests
{
    private const string Help = """
        I can understand the following commands:
        list incidents [page x]
        list my incidents [page x]
        list my tasks
        list closed incidents
        new incident [details]
        mirror incident-id
        """;

    private const string IncidentHead = """
        ID         | Name                 | Status      | Type        | Owner       | Created             | Link 
        ===========|======================|=============|=============|=============|=====================|=====
        """;

    [Fact]
    public async Task A_user_of_XSOAR_gets_the_lists()
    {
        await using var scene = await BotScene.StartAsync();
        var xsoar = scene.Sandbox.Xsoar;
        xsoar.Incident("2").Owner = "user1";
        xsoar.Close("3");
        xsoar.AddTask(
            "2",
            new SandboxTask
            {
                Id = "1",
                Name = "Manually review the incident",
                Assignee = "user1",
            }
        );
        xsoar.AddTask(
            "1",
            new SandboxTask
            {
                Id = "1",
                Name = "For somebody else",
                Assignee = "user2",
            }
        );
        var server = scene.Sandbox.XsoarUri.AbsoluteUri.TrimEnd('/');

        Assert.Equal(
            $"""
            ```
            {IncidentHead}
            {Row(xsoar.Incident("2"), "Malware on host     ", "Active", "user1", server)}
            {Row(xsoar.Incident("1"), "Phishing mail       ", "Active", "admin", server)}
            ```
            """,
            await scene.AskAsync("user1", "list incidents")
        );
        Assert.Equal(
            $"""
            ```
            {IncidentHead}
            {Row(xsoar.Incident("2"), "Malware on host     ", "Active", "user1", server)}
            ```
            """,
            await scene.AskAsync("user1", "List  My Incidents page 1")
        );
        Assert.Equal(
            $"""
            ```
            {IncidentHead}
            {Row(xsoar.Incident("3"), "Suspicious login    ", "Done  ", "admin", server)}
            ```
            """,
            await scene.AskAsync("user1", "list closed incidents")
        );
        Assert.Equal(
            $"""
            ```
            Task                                     | Incident                       | Due                 | Link 
            =========================================|================================|=====================|=====
            Manually review the incident             | 2 - Malware on host            | 0001-01-01 00:00:00 | {server}/#/WorkPlan/2
            ```
            """,
            await scene.AskAsync("user1", "list my tasks")
        );
        Assert.Equal("There are no such incidents.", await scene.AskAsync("user2", "list my incidents"));
        Assert.Equal("There is no page 7: there is one page.", await scene.AskAsync("user1", "list incidents page 7"));
    }

    [Fact]
    public async Task A_long_list_has_pages()
    {
        await using var scene = await BotScene.StartAsync();
        for (var i = 4; i <= 23; i++)
            scene.Sandbox.Xsoar.CreateIncident($"case {i}");

        var first = await scene.AskAsync("user1", "list incidents");
        var last = await scene.AskAsync("user1", "list incidents page 3");

        Assert.EndsWith("\n```\nPage 1 of 3. The next one: list incidents page 2", first, StringComparison.Ordinal);
        Assert.Contains("\n23 ", first, StringComparison.Ordinal);
        Assert.Equal(3, last.Split('\n').Count(line => line.Contains("WarRoom", StringComparison.Ordinal)));
        Assert.EndsWith("\n```", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_are_found_where_the_server_does_not_list_them_by_user()
    {
        await using var scene = await BotScene.StartAsync(
            sandbox: new SandboxOptions
            {
                MattermostVersion = "11.6.0",
                Xsoar = new XsoarBehaviour { ClosedRoutes = ["/statistics/widgets/query"] },
            }
        );
        scene.Sandbox.Xsoar.Incident("2").Owner = "user1";
        scene.Sandbox.Xsoar.AddTask(
            "2",
            new SandboxTask
            {
                Id = "1",
                Name = "Mine",
                Assignee = "user1",
            }
        );
        scene.Sandbox.Xsoar.AddTask(
            "2",
            new SandboxTask
            {
                Id = "2",
                Name = "Not mine",
                Assignee = "user2",
            }
        );

        var answer = await scene.AskAsync("user1", "list my tasks");

        Assert.Contains("\nMine ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Not mine", answer, StringComparison.Ordinal);
        Assert.Equal("No tasks are waiting for you.", await scene.AskAsync("user2", "list my tasks"));
    }

    [Fact]
    public async Task An_incident_is_created_with_the_originals_labels_and_Mattermost_as_its_source()
    {
        await using var scene = await BotScene.StartAsync(settings => settings with { IncidentType = "Access" });
        var message = scene.Write("user1", "please open an incident name=Odd login type=Phishing");
        var server = scene.Sandbox.XsoarUri.AbsoluteUri.TrimEnd('/');

        Assert.Equal(
            $"Successfully created incident Odd login.\n View it on: {server}/#/WarRoom/4",
            (await scene.ReplyAsync(message)).Message
        );

        var incident = scene.Sandbox.Xsoar.Incident("4");
        Assert.Equal(("Odd login", "Phishing", 1), (incident.Name, incident.Type, incident.Status));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$"""
                    [{"type":"Reporter","value":"user1"},{"type":"ReporterEmail","value":"user1@example.com"},
                     {"type":"Source","value":"Mattermost"},{"type":"MattermostPost","value":"{{message.Id}}"}]
                    """
                ),
                JsonNode.Parse(incident.LabelsJson)
            )
        );
        await scene.AskAsync("user1", "new incident Somebody was at the door");
        Assert.Equal(
            ("Somebody was at the door", "Access"),
            (scene.Sandbox.Xsoar.Incident("5").Name, scene.Sandbox.Xsoar.Incident("5").Type)
        );
    }

    [Fact]
    public async Task Several_incidents_of_one_json_give_all_links()
    {
        await using var scene = await BotScene.StartAsync();
        var server = scene.Sandbox.XsoarUri.AbsoluteUri.TrimEnd('/');

        var answer = await scene.AskAsync(
            "user1",
            "```\ncreate incident json=[{“name”:“one”,\n“severity”:“high”},{\"name\":\"two\",\"owner\":\"user2\"}]\n```"
        );

        Assert.Equal(
            $"Successfully created incident one.\n View it on: {server}/#/WarRoom/4\n"
                + $"Successfully created incident two.\n View it on: {server}/#/WarRoom/5",
            answer
        );
        Assert.Equal(
            (3.0, "user2"),
            (scene.Sandbox.Xsoar.Incident("4").Severity, scene.Sandbox.Xsoar.Incident("5").Owner)
        );
    }

    [Theory]
    [InlineData(
        "create incident",
        "Please specify arguments in the following manner: name=<name> type=[type] or json=<json>."
    )]
    [InlineData(
        "create incident type=Phishing",
        "Please specify arguments in the following manner: name=<name> type=[type] or json=<json>."
    )]
    [InlineData(
        "create incident name=x json={\"name\":\"y\"}",
        "No other properties other than json should be specified."
    )]
    [InlineData(
        "create incident json={\"name\":",
        "Sorry, I could not perform the selected operation.\nWhat follows json= is not the JSON of an incident, or of a list of incidents."
    )]
    [InlineData("create incident name=dropped", "Failed creating incidents.")]
    [InlineData("hello", Help)]
    [InlineData("", Help)]
    [InlineData("list everything", Help)]
    [InlineData("mirror 99", "Sorry, I could not perform the selected operation.\nThere is no incident 99.")]
    public async Task Anything_else_is_answered_by(string message, string answer)
    {
        await using var scene = await BotScene.StartAsync(
            sandbox: new SandboxOptions
            {
                MattermostVersion = "11.6.0",
                Xsoar = new XsoarBehaviour { DropIncidentsNamed = "dropped" },
            }
        );
        // A file alone has no text.
        Assert.Equal(
            answer.ReplaceLineEndings("\n"),
            message.Length > 0 ? await scene.AskAsync("user1", message) : await scene.AskAsync("user1", " \u200B")
        );
        Assert.Equal(3, scene.Sandbox.Xsoar.Incidents.Count);
    }

    [Fact]
    public async Task A_mirror_is_started_with_the_person_in_its_channel()
    {
        await using var scene = await BotScene.StartAsync();

        Assert.Equal(
            "Investigation mirrored successfully with mirror type all,\n channel name: incident-2",
            await scene.AskAsync("user1", "mirror 2")
        );
        Assert.Equal(
            "Investigation mirrored successfully with mirror type all,\n channel name: incident-2",
            await scene.AskAsync("user2", "mirror incident-2")
        );

        Assert.Single(scene.Harness.Service.GetMirrors("2"));
        var channel = scene.Sandbox.Mattermost.Channel("incident-2");
        foreach (var person in new[] { "user1", "user2" })
            Assert.Contains(scene.Sandbox.Mattermost.User(person).Id, channel.MemberIds);
    }

    [Fact]
    public async Task Somebody_who_is_no_user_of_XSOAR_may_do_nothing()
    {
        await using var scene = await BotScene.StartAsync();

        Assert.Equal(
            "I'm sorry but I was unable to find you as a Cortex XSOAR user for user3. You're not allowed to run any command\n"
                + "No user of XSOAR has the e-mail address of the Mattermost account.",
            await scene.AskAsync("user3", "list incidents")
        );
        Assert.Equal(
            "You are not allowed to create incidents.\nNo user of XSOAR has the e-mail address of the Mattermost account.",
            await scene.AskAsync("user3", "create incident name=x")
        );
        Assert.Equal(3, scene.Sandbox.Xsoar.Incidents.Count);
    }

    [Fact]
    public async Task Where_that_is_allowed_they_create_incidents_and_nothing_else()
    {
        await using var scene = await BotScene.StartAsync(settings => settings with { AllowExternalIncidents = true });
        foreach (var text in new[] { "list incidents", "mirror 1", "list my tasks", "hello" })
            Assert.Equal(
                "As a non Cortex XSOAR user, you're only allowed to run command:\nnew incident [details]",
                await scene.AskAsync("user3", text)
            );

        await scene.AskAsync(
            "user3",
            "create incident json={\"name\":\"x\",\"id\":\"1\",\"version\":-1,\"owner\":\"admin\",\"playbookId\":\"Wipe\"}"
        );

        var incident = scene.Sandbox.Xsoar.Incident("4");
        Assert.Equal(("x", ""), (incident.Name, incident.Owner));
        Assert.Equal("Phishing mail", scene.Sandbox.Xsoar.Incident("1").Name);
        var sent = scene.Sandbox.Calls.Last(call => call.Path.EndsWith("/incident", StringComparison.Ordinal)).Body;
        Assert.Null(JsonNode.Parse(sent)!["playbookId"]);
    }

    [Fact]
    public async Task An_address_that_is_not_verified_counts_as_none()
    {
        await using var scene = await BotScene.StartAsync();
        scene.Sandbox.Mattermost.User("user1").EmailVerified = false;

        var answer = await scene.AskAsync("user1", "list incidents");

        Assert.StartsWith("I'm sorry but I was unable to find you", answer, StringComparison.Ordinal);
        Assert.Contains("is not verified", answer, StringComparison.Ordinal);
    }

    private static string Row(SandboxIncident incident, string name, string status, string owner, string server) =>
        $"{incident.Id}          | {name} | {status}      | Unclassifie | {owner}       | {incident.Created.UtcDateTime:yyyy-MM-dd HH:mm:ss} | {server}/#/WarRoom/{incident.Id}";
}
