using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>Every answer body has the fields and types of XSOAR's own description.</summary>
public sealed class AnswerShapeTests
{
    public static TheoryData<string> Versions => ["6.14.0", "8.13.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Entries(string version)
    {
        await using var scene = await StartAsync(version);
        var entry = (await scene.PostAsync("/entry", new { investigationId = "1", data = "Hello" })).Json;
        Definitions.AssertFits("Entry", entry);
        Definitions.AssertFits(
            "Entry",
            (
                await scene.PostAsync(
                    "/entry/formatted",
                    new
                    {
                        investigationId = "1",
                        format = "markdown",
                        contents = "x",
                    }
                )
            ).Json
        );
        Definitions.AssertFitsAll(
            "Entry",
            (await scene.PostAsync("/entry/execute/sync", new { investigationId = "1", data = "!getUsers" })).Json
        );
        Definitions.AssertFits(
            "Entry",
            (await scene.PostAsync("/entry/note", new { investigationId = "1", data = "a note" })).Json
        );
        Definitions.AssertFits(
            "Entry",
            (
                await scene.PostAsync(
                    "/entry/tags",
                    new
                    {
                        id = entry.GetProperty("id").GetString(),
                        version = -1,
                        investigationId = "1",
                        tags = new[] { "a" },
                    }
                )
            ).Json
        );
        Definitions.AssertFits(
            "Entry",
            (
                await scene.PostAsync(
                    "/entry",
                    new
                    {
                        id = entry.GetProperty("id").GetString(),
                        version = -1,
                        investigationId = "1",
                        data = "edited",
                    }
                )
            ).Json
        );
        Definitions.AssertFits(
            "Entry",
            (
                await scene.PostAsync(
                    "/entry/delete/v2",
                    new { id = entry.GetProperty("id").GetString(), deleteArtifact = false }
                )
            ).Json
        );
        Definitions.AssertFits(
            "Entry",
            (await scene.FormAsync("/entry/upload/1", ("file/a.txt", "abc"u8.ToArray()), ("fileComment", "c"))).Json
        );
        scene.World.AddEntry("1", "", "started", "playbookTaskStartAndDone", taskName: "Block");
        Definitions.AssertFitsAll(
            "Entry",
            (await scene.PostAsync("/investigation/1", new { })).Json.GetProperty("entries")
        );
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Incidents(string version)
    {
        await using var scene = await StartAsync(version);
        var made = (
            await scene.PostAsync(
                "/incident",
                new
                {
                    name = "Suspicious mail",
                    type = "Phishing",
                    severity = 0.5,
                    labels = new[] { new { type = "Source", value = "Mattermost" } },
                    CustomFields = new { scanip = "1.2.3.4" },
                }
            )
        ).Json;
        Definitions.AssertFits("IncidentWrapper", made);
        var id = made.GetProperty("id").GetString()!;
        Definitions.AssertFits(
            "IncidentWrapper",
            (await scene.FormAsync($"/incident/upload/{id}", ("file/a.eml", "abc"u8.ToArray()), ("last", "true"))).Json
        );
        Definitions.AssertFits("Incident", (await scene.GetAsync($"/incident/load/{id}")).Json);
        Definitions.AssertFitsAll(
            "Incident",
            (await scene.PostAsync("/incidents/search", new { filter = new { size = 10 } })).Json.GetProperty("data")
        );
        Definitions.AssertFits(
            "IncidentWrapper",
            (
                await scene.PostAsync(
                    "/incident/close",
                    new
                    {
                        id,
                        version = -1,
                        closeReason = "Resolved",
                    }
                )
            ).Json
        );
        Definitions.AssertFits(
            "IncidentSearchResponseWrapper",
            (await scene.PostAsync("/incident/batchClose", new { ids = new[] { "1", id } })).Json
        );
        Definitions.AssertFits(
            "IncidentSearchResponseWrapper",
            (await scene.PostAsync("/incident/batchDelete", new { ids = new[] { "1" } })).Json
        );
        Definitions.AssertFits("IncidentWrapper", (await scene.PostAsync("/incident/json", new { name = "raw" })).Json);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Investigations(string version)
    {
        await using var scene = await StartAsync(version);
        scene.World.Incident("1").MirrorTypes["mattermost-instance"] = "all:both";
        await scene.PostAsync(
            "/entry/execute/sync",
            new { investigationId = "1", data = "!addEntitlement persistent=true replyEntriesTag=reply" }
        );
        await scene.PostAsync("/entry/execute/sync", new { investigationId = "1", data = "!addEntitlement" });
        Definitions.AssertFits("Investigation", (await scene.PostAsync("/investigation/1", new { })).Json);
        Definitions.AssertFits(
            "InvestigationSearchResponse",
            (await scene.PostAsync("/investigations/search", new { size = 10 })).Json
        );
        var pending = (await scene.PostAsync("/incident", new { name = "pending" }))["id"];
        Definitions.AssertFits(
            "Investigation",
            (await scene.PostAsync("/incident/investigate", new { id = pending, version = -1 })).Json.GetProperty(
                "investigation"
            )
        );
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Tasks(string version)
    {
        await using var scene = await StartAsync(version);
        scene.World.AddQuestion("1", "1", "Block the user?", "Yes", "No");
        scene.World.AddQuestion("1", "2", "Block the host?", "Yes", "No");
        scene.World.AddTask(
            "1",
            new SandboxTask
            {
                Id = "3",
                Name = "Look",
                Tags = ["look"],
            }
        );
        scene.World.AddTask(
            "1",
            new SandboxTask
            {
                Id = "4",
                Name = "Ask",
                Type = "collection",
                Assignee = "jane",
            }
        );

        Reply[] plans =
        [
            await scene.PostAsync(
                "/inv-playbook/task/assign",
                new
                {
                    invId = "1",
                    inTaskID = "1",
                    assignee = "jane",
                    version = -1,
                }
            ),
            await scene.PostAsync(
                "/inv-playbook/task/due",
                new
                {
                    invId = "1",
                    inTaskID = "1",
                    date = "2030-01-01T00:00:00Z",
                    version = -1,
                }
            ),
            await scene.PostAsync(
                "/inv-playbook/task/note/add",
                new
                {
                    invId = "1",
                    inTaskID = "1",
                    comment = "look at this",
                    version = -1,
                }
            ),
            await scene.PostAsync(
                "/inv-playbook/task/complete/simple",
                new
                {
                    invId = "1",
                    inTaskID = "1",
                    input = "Yes",
                    comment = "by Jane",
                    version = -1,
                    loopArgs = new { items = new { simple = "a,b" } },
                }
            ),
            await scene.PostAsync(
                "/inv-playbook/task/uncomplete",
                new
                {
                    invId = "1",
                    inTaskID = "1",
                    version = -1,
                }
            ),
            await scene.FormAsync(
                "/inv-playbook/task/complete",
                ("investigationId", "1"),
                ("taskId", "2"),
                ("taskInput", "No")
            ),
            await scene.FormAsync(
                "/v2/inv-playbook/task/complete",
                ("investigationId", "1"),
                ("taskId", "3"),
                ("taskInput", ""),
                ("file/a.txt", "abc"u8.ToArray())
            ),
            await scene.FormAsync(
                "/v2/inv-playbook/task/form/submit",
                ("investigationId", "1"),
                ("taskId", "4"),
                ("answers", """{"0":"Yes"}""")
            ),
            await scene.GetAsync("/inv-playbook/1"),
        ];
        Assert.All(plans, static it => Definitions.AssertFits("InvestigationPlaybook", it.Json));
        Definitions.AssertFits(
            "InvestigationPlaybook",
            (await scene.GetAsync("/investigation/1/workplan")).Json.GetProperty("invPlaybook")
        );
        Definitions.AssertFitsAll(
            "InvestigationPlaybookTask",
            (await scene.PostAsync("/investigation/1/workplan/tasks", new { })).Json
        );
        Definitions.AssertFitsAll(
            "InvestigationPlaybookTasksAPI",
            (
                await scene.PostAsync("/statistics/widgets/query", new { dataType = "tasks", query = "assignee:jane" })
            ).Json.GetProperty("data")
        );
    }

    [Fact]
    public async Task Users_have_the_observed_fields()
    {
        await using var scene = await StartAsync("6.14.0");
        Assert.Equal(
            "allRoles,defaultAdmin,email,id,image,lastLogin,name,notificationsSettings,permissions,phone,playgroundId,roles,username",
            Names((await scene.GetAsync("/user")).Json)
        );
        Assert.Equal(
            "disabled,email,firstName,id,lastName,name,roles,username,version",
            Names((await scene.GetAsync("/users")).Json[0])
        );
        await using var newer = await StartAsync("8.13.0");
        Assert.Equal(
            "groups,last_logged_in,role_name,scope,user_email,user_first_name,user_last_name,user_type",
            Names(
                (await newer.SendAsync("POST", "/public_api/v1/rbac/get_users", new { })).Json.GetProperty("reply")[0]
            )
        );
    }

    [Theory]
    [InlineData("version", "\"1\"")]
    [InlineData("created", "\"yesterday\"")]
    [InlineData("tags", "\"a\"")]
    [InlineData("entryTask", "\"a\"")]
    [InlineData("invented", "1")]
    public async Task The_check_finds_a_field_that_is_wrong(string field, string json)
    {
        await using var scene = await StartAsync("6.14.0");
        var entry = (await scene.PostAsync("/entry", new { investigationId = "1", data = "Hello" }))
            .Json.EnumerateObject()
            .ToDictionary(static it => it.Name, static it => it.Value);
        Definitions.AssertFits("Entry", JsonSerializer.SerializeToElement(entry));
        entry[field] = JsonDocument.Parse(json).RootElement;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            Definitions.AssertFits("Entry", JsonSerializer.SerializeToElement(entry))
        );
        entry.Remove(field);
        if (field != "invented")
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
                Definitions.AssertFits("Entry", JsonSerializer.SerializeToElement(entry))
            );
    }

    private static Task<XsoarScene> StartAsync(string version) => XsoarScene.StartAsync(version: version);

    private static string Names(JsonElement value) =>
        string.Join(",", value.EnumerateObject().Select(static it => it.Name).Order(StringComparer.Ordinal));
}
