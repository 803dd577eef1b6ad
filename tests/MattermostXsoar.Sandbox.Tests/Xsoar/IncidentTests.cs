using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

public sealed class IncidentTests
{
    [Fact]
    public async Task Of_several_concurrent_changes_of_one_version_one_succeeds()
    {
        await using var scene = await XsoarScene.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var version = (await scene.GetAsync("/incident/load/1")).Json.GetProperty("version").GetInt64();
            var replies = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(it =>
                        scene.PostAsync(
                            "/incident",
                            new
                            {
                                id = "1",
                                version,
                                name = $"Name {it}",
                            }
                        )
                    )
            );
            var won = Assert.Single(replies, static it => it.Status == 200);
            Assert.Equal(
                won.Json.GetProperty("name").GetString(),
                (await scene.GetAsync("/incident/load/1")).Json.GetProperty("name").GetString()
            );
        }
    }

    [Theory]
    [InlineData("6.14.0", 200)]
    [InlineData("8.13.0", 201)]
    public async Task A_new_incident_is_pending_or_open(string version, int status)
    {
        await using var scene = await XsoarScene.StartAsync(version: version);
        var pending = await scene.PostAsync(
            "/incident",
            new
            {
                name = "New",
                type = "Phishing",
                severity = 0.5,
                owner = "jane",
                occurred = "2023-09-20T09:00:00Z",
            }
        );
        Assert.Equal(
            (status, "0", "", "0.5"),
            (pending.Status, pending["status"], pending["investigationId"], pending["severity"])
        );
        Assert.StartsWith("2023-09-20T09:00:00", pending["occurred"], StringComparison.Ordinal);
        Assert.Equal("noInv", (await scene.PostAsync($"/investigation/{pending["id"]}", new { }))["id"]);

        var open = await scene.PostAsync("/incident", new { name = "Open", createInvestigation = true });
        Assert.Equal(("1", open["id"]), (open["status"], open["investigationId"]));
        Assert.Equal(200, (await scene.PostAsync($"/investigation/{open["id"]}", new { })).Status);
    }

    [Fact]
    public async Task A_rule_may_drop_it_and_an_answer_may_lack_its_id()
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { DropIncidentsNamed = "spam", NewIncidentHasNoId = true },
            "8.13.0"
        );
        var dropped = await scene.PostAsync("/incident", new { name = "More Spam" });
        Assert.Equal((200, ""), (dropped.Status, dropped.Text));
        Assert.Equal(3, scene.World.Incidents.Count);
        var nameless = await scene.PostAsync("/incident", new { name = "unique 4711", createInvestigation = true });
        Assert.Equal(201, nameless.Status);
        Assert.False(nameless.Json.TryGetProperty("id", out _));
        Assert.Equal("unique 4711", scene.World.Incidents[^1].Name);
    }

    [Fact]
    public async Task An_update_replaces_what_it_leaves_out()
    {
        await using var scene = await XsoarScene.StartAsync();
        var updated = await scene.PostAsync(
            "/incident",
            new
            {
                id = "1",
                version = 1,
                name = "Renamed",
                owner = "jane",
                CustomFields = new { scanip = "1.2.3.4" },
            }
        );
        Assert.Equal(
            ("Renamed", "2", "Unclassified", "0"),
            (updated["name"], updated["version"], updated["type"], updated["severity"])
        );
        Assert.Equal("1.2.3.4", scene.World.Incident("1").CustomFieldsJson.Split('"')[3]);
        Assert.Equal(
            "{}",
            (
                await scene.PostAsync(
                    "/incident",
                    new
                    {
                        id = "1",
                        version = 2,
                        name = "Again",
                    }
                )
            )["CustomFields"]
        );
        Assert.Equal(
            400,
            (
                await scene.PostAsync(
                    "/incident",
                    new
                    {
                        id = "1",
                        version = 2,
                        name = "Stale",
                    }
                )
            ).Status
        );
        Assert.Equal(
            "Forced",
            (
                await scene.PostAsync(
                    "/incident",
                    new
                    {
                        id = "1",
                        version = -1,
                        name = "Forced",
                    }
                )
            )["name"]
        );
    }

    [Fact]
    public async Task Investigating_opens_once()
    {
        await using var scene = await XsoarScene.StartAsync();
        var id = (await scene.PostAsync("/incident", new { name = "New" }))["id"];
        var opened = await scene.PostAsync("/incident/investigate", new { id, version = 1 });
        Assert.Equal((200, id), (opened.Status, opened["id"]));
        Assert.Equal(id, opened.Json.GetProperty("investigation").GetProperty("id").GetString());
        var again = await scene.PostAsync("/incident/investigate", new { id, version = -1 });
        Assert.Equal(400, again.Status);
        Assert.Contains("already exists", again["detail"], StringComparison.Ordinal);
        Assert.Equal(400, (await scene.PostAsync("/incident/investigate", new { id = "99", version = -1 })).Status);
    }

    [Theory]
    [InlineData(false, "2")]
    [InlineData(true, "1")]
    public async Task Closing_returns_the_new_or_the_old_status(bool old, string status)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { CloseAnswersOldStatus = old });
        var closed = await scene.PostAsync(
            "/incident/close",
            new
            {
                id = "1",
                version = -1,
                closeReason = "Resolved",
                closeNotes = "done",
                CustomFields = new { },
            }
        );
        Assert.Equal(
            (status, "Resolved", "done", "admin", "2"),
            (closed["status"], closed["closeReason"], closed["closeNotes"], closed["closingUserId"], closed["version"])
        );
        Assert.True(scene.World.Incident("1").IsClosed);
        var investigation = await scene.PostAsync("/investigation/1", new { });
        Assert.Equal(("1", "admin"), (investigation["status"], investigation["closingUserId"]));
        Assert.DoesNotContain("0001-01-01", investigation["closed"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mandatory_fields_of_closing_are_demanded_where_the_server_does()
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { MandatoryCloseFields = ["closeReason", "rootcause"] }
        );
        Assert.Equal(
            400,
            (
                await scene.PostAsync(
                    "/incident/close",
                    new
                    {
                        id = "1",
                        version = -1,
                        closeReason = "Resolved",
                    }
                )
            ).Status
        );
        Assert.Equal(
            200,
            (
                await scene.PostAsync(
                    "/incident/close",
                    new
                    {
                        id = "1",
                        version = -1,
                        closeReason = "Resolved",
                        CustomFields = new { rootcause = "user" },
                    }
                )
            ).Status
        );
    }

    [Fact]
    public async Task Many_are_closed_and_deleted_at_once()
    {
        await using var scene = await XsoarScene.StartAsync();
        scene.World.Close("2");
        var closed = await scene.PostAsync(
            "/incident/batchClose",
            new
            {
                ids = new[] { "1", "2", "99" },
                closeReason = "Resolved",
                all = false,
                filter = new { },
                CustomFields = new { },
            }
        );
        Assert.Equal(("1", "2"), (closed["total"], closed["notUpdated"]));
        Assert.Equal(
            "1",
            Assert.Single(closed.Json.GetProperty("data").EnumerateArray()).GetProperty("id").GetString()
        );
        var rest = await scene.PostAsync(
            "/incident/batchDelete",
            new
            {
                ids = Array.Empty<string>(),
                all = true,
                filter = new { query = "status:closed" },
            }
        );
        Assert.Equal("2", rest["total"]);
        Assert.Equal(["3"], scene.World.Incidents.Select(static it => it.Id));
    }

    [Fact]
    public async Task Reopening_is_a_command_in_another_investigation()
    {
        await using var scene = await XsoarScene.StartAsync();
        scene.World.Close("1");
        Assert.Equal(
            412,
            (
                await scene.PostAsync(
                    "/entry/execute/sync",
                    new { investigationId = "1", data = "!reopenInvestigation id=1" }
                )
            ).Status
        );
        Assert.Equal(404, (await scene.PostAsync("/incident/reopen", new { id = "1" })).Status);
        var done = await scene.PostAsync(
            "/entry/execute/sync",
            new { investigationId = scene.World.PlaygroundId, data = "!reopenInvestigation id=\"1\"" }
        );
        Assert.Equal(1, done.Json[0].GetProperty("type").GetInt32());
        Assert.False(scene.World.Incident("1").IsClosed);
    }

    [Fact]
    public async Task Reopening_may_be_forbidden()
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { MayReopen = false });
        scene.World.Close("1");
        var refused = await scene.PostAsync(
            "/entry/execute/sync",
            new { investigationId = "2", data = "!reopenInvestigation id=1" }
        );
        Assert.Equal(4, refused.Json[0].GetProperty("type").GetInt32());
        Assert.True(scene.World.Incident("1").IsClosed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loading_may_count_as_a_change(bool touches)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { LoadingTouchesIncident = touches });
        var before = scene.World.Incident("1").Modified;
        Assert.Equal(200, (await scene.GetAsync("/incident/load/1")).Status);
        Assert.Equal(touches, scene.World.Incident("1").Modified > before);
        Assert.Equal(400, (await scene.GetAsync("/incident/load/99")).Status);
    }
}
