using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>Searches in a sandbox with "Phishing mail" (1), "Malware on host" (2, closed), "Suspicious login" (3, owned
/// by jane, severity 3, type Access).</summary>
public sealed class IncidentSearchTests
{
    private static readonly object[] Ascending = [new { field = "id", asc = true }];

    [Theory]
    [InlineData("""{"size":"ten"}""")]
    [InlineData("""{"size":1.5}""")]
    [InlineData("""{"size":10,"level":"high"}""")]
    [InlineData("""{"size":10,"status":1}""")]
    [InlineData("""{"size":10,"query":["id:1"]}""")]
    [InlineData("""{"size":10,"fromDate":"yesterday"}""")]
    [InlineData("""{"size":10,"toDate":1700000000}""")]
    [InlineData("""{"size":10,"searchAfter":"1"}""")]
    public async Task A_filter_of_the_wrong_type_is_refused_and_not_ignored(string filter)
    {
        await using var scene = await XsoarScene.StartAsync();
        Assert.Equal(400, (await scene.PostAsync("/incidents/search", $$"""{"filter":{{filter}}}""")).Status);
        if (!filter.Contains("query", StringComparison.Ordinal) && !filter.Contains("level", StringComparison.Ordinal))
            Assert.Equal(400, (await scene.PostAsync("/investigations/search", filter)).Status);
    }

    [Theory]
    [InlineData("", "1,2,3")]
    [InlineData("*", "1,2,3")]
    [InlineData("-status:closed -category:job", "1,3")]
    [InlineData("status:active", "1,3")]
    [InlineData("status:(closed or pending)", "2")]
    [InlineData("status:(closed active)", "1,2,3")]
    [InlineData("-status:(closed or pending)", "1,3")]
    [InlineData("not status:closed", "1,3")]
    [InlineData("id:2 or id:3", "2,3")]
    [InlineData("id:(1 3)", "1,3")]
    [InlineData("(id:1 or id:2) and -status:closed", "1")]
    [InlineData("id:1 or id:2 and status:closed", "1,2")]
    [InlineData("owner:\"jane@example.com\"", "3")]
    [InlineData("owner:jane*", "3")]
    [InlineData("-owner:\"\"", "1,2,3")]
    [InlineData("assignee:\"{me}\" and -status:closed", "1")]
    [InlineData("name:\"Malware on host\"", "2")]
    [InlineData("name:*mail", "1")]
    [InlineData("name:\"(odd) name: -with or \\\"quotes\\\"\"", "")]
    [InlineData("type:Access", "3")]
    [InlineData("severity:3", "3")]
    [InlineData("severity:High", "3")]
    [InlineData("severity:>=1 and severity:<3", "1,2")]
    [InlineData("created:>=\"2001-01-01T00:00:00Z\" and created:<=\"2999-01-01T00:00:00Z\"", "1,2,3")]
    [InlineData("created:>=\"1 hour ago\"", "1,2,3")]
    [InlineData("created:<\"7 days ago\"", "")]
    [InlineData("closed:>\"2001-01-01T00:00:00Z\"", "2")]
    [InlineData("closereason:Resolved", "2")]
    [InlineData("scanip:1.2.3.4", "3")]
    [InlineData("nosuchfield:x", "")]
    [InlineData("Malware", "2")]
    [InlineData("  ( status:closed ) ", "2")]
    public async Task A_query_finds(string query, string ids)
    {
        await using var scene = await StartAsync();
        Assert.Equal(
            ids,
            Ids(
                await SearchAsync(
                    scene,
                    new
                    {
                        query,
                        size = 100,
                        sort = Ascending,
                    }
                )
            )
        );
    }

    [Theory]
    [InlineData("(id:1")]
    [InlineData("id:1)")]
    [InlineData("id:1 and")]
    [InlineData("name:\"open")]
    [InlineData("created:>=\"yesterdayish\"")]
    public async Task A_query_that_cannot_be_parsed_is_refused(string query)
    {
        await using var scene = await StartAsync();
        Assert.Equal(400, (await SearchAsync(scene, new { query, size = 100 })).Status);
    }

    [Theory]
    [InlineData("""{"id":["3","1","99"]}""", "1,3")]
    [InlineData("""{"status":[2]}""", "2")]
    [InlineData("""{"notStatus":[2]}""", "1,3")]
    [InlineData("""{"level":[3,4]}""", "3")]
    [InlineData("""{"type":["Access"]}""", "3")]
    [InlineData("""{"name":["Phishing mail"]}""", "1")]
    [InlineData("""{"notInvestigation":["1"]}""", "2,3")]
    [InlineData("""{"users":["jane@example.com"]}""", "3")]
    [InlineData("""{"fromDate":"2001-01-01T00:00:00Z","toDate":"2002-01-01T00:00:00Z"}""", "")]
    [InlineData("""{"fromDate":"0001-01-01T00:00:00Z","toDate":"0001-01-01T00:00:00Z"}""", "1,2,3")]
    [InlineData("""{"fromClosedDate":"2001-01-01T00:00:00Z"}""", "2")]
    [InlineData("""{"period":{"by":"day","fromValue":7}}""", "1,2,3")]
    [InlineData("""{"period":{"by":"day","toValue":7}}""", "")]
    [InlineData("""{"timeFrame":3600000000000}""", "1,2,3")]
    [InlineData("""{"id":["1","2"],"query":"status:closed"}""", "2")]
    public async Task A_filter_finds(string filter, string ids)
    {
        await using var scene = await StartAsync();
        var sized = filter[..^1] + ""","size":100,"sort":[{"field":"id","asc":true}]}""";
        Assert.Equal(
            ids,
            Ids(await scene.PostAsync("/incidents/search", $$"""{"userFilter":false,"filter":{{sized}}}"""))
        );
    }

    [Fact]
    public async Task Pages_are_cut_by_number_or_after_the_last_item()
    {
        await using var scene = await XsoarScene.StartAsync();
        for (var i = 0; i < 22; i++)
            scene.World.CreateIncident("Same name", severity: i % 3);
        object[] sort = [new { field = "severity", asc = false }, new { field = "name", asc = true }];

        var byPage = new List<string>();
        for (var page = 0; page < 3; page++)
            byPage.AddRange(
                Ids(
                        await SearchAsync(
                            scene,
                            new
                            {
                                page,
                                size = 10,
                                sort,
                            }
                        )
                    )
                    .Split(',')
            );
        Assert.Equal(25, byPage.Distinct().Count());

        var after = new List<string>();
        var values = Array.Empty<string>();
        while (true)
        {
            var reply = await SearchAsync(
                scene,
                new
                {
                    size = 10,
                    sort,
                    searchAfter = values,
                }
            );
            Assert.Equal(25, reply.Json.GetProperty("total").GetInt32());
            if (reply.Json.GetProperty("data").ValueKind == JsonValueKind.Null)
                break;
            after.AddRange(Ids(reply).Split(','));
            values =
            [
                .. reply
                    .Json.GetProperty("data")
                    .EnumerateArray()
                    .Last()
                    .GetProperty("sortValues")
                    .EnumerateArray()
                    .Select(static it => it.GetString()!),
            ];
        }
        Assert.Equal(byPage, after);
        var before = await SearchAsync(
            scene,
            new
            {
                size = 2,
                sort,
                searchBefore = values,
            }
        );
        Assert.Equal(after[^3..^1], Ids(before).Split(','));
    }

    [Fact]
    public async Task The_newest_come_first_by_default()
    {
        await using var scene = await StartAsync();
        Assert.Equal("3,2,1", Ids(await SearchAsync(scene, new { size = 10 })));
        Assert.Equal(
            "2,1,3",
            Ids(await SearchAsync(scene, new { size = 10, sort = new[] { new { field = "name", asc = true } } }))
        );
        var counted = await SearchAsync(scene, new { size = 10, totalOnly = true });
        Assert.Equal(("", "3"), (Ids(counted), counted["total"]));
    }

    [Fact]
    public async Task A_users_filter_returns_only_the_keys_own()
    {
        await using var scene = await StartAsync();
        Assert.Equal(
            "1,2",
            Ids(
                await scene.PostAsync(
                    "/incidents/search",
                    new { userFilter = true, filter = new { size = 10, sort = Ascending } }
                )
            )
        );
    }

    [Theory]
    [InlineData(0, "", JsonValueKind.Null)]
    [InlineData(2, "3,2", JsonValueKind.Array)]
    public async Task Without_a_size_no_or_some_incidents_are_returned(int whenMissing, string ids, JsonValueKind kind)
    {
        await using var scene = await StartAsync(new XsoarBehaviour { SizeWhenMissing = whenMissing });
        var reply = await SearchAsync(scene, new { page = 0 });
        Assert.Equal((ids, kind), (Ids(reply), reply.Json.GetProperty("data").ValueKind));
    }

    [Theory]
    [InlineData(false, JsonValueKind.Null)]
    [InlineData(true, JsonValueKind.Array)]
    public async Task Without_a_match_the_data_is_null_or_empty(bool isList, JsonValueKind kind)
    {
        await using var scene = await StartAsync(new XsoarBehaviour { EmptySearchIsList = isList });
        var reply = await SearchAsync(scene, new { query = "id:99", size = 10 });
        Assert.Equal((kind, "0"), (reply.Json.GetProperty("data").ValueKind, reply["total"]));
    }

    [Theory]
    [InlineData(true, "1,2,3")]
    [InlineData(false, "")]
    public async Task A_query_by_modified_may_find_nothing(bool knows, string ids)
    {
        await using var scene = await StartAsync(new XsoarBehaviour { QueriesKnowModified = knows });
        Assert.Equal(
            ids,
            Ids(
                await SearchAsync(
                    scene,
                    new
                    {
                        query = "modified:>=\"2001-01-01T00:00:00Z\"",
                        size = 10,
                        sort = Ascending,
                    }
                )
            )
        );
    }

    [Theory]
    [InlineData("8.14.0", ModifiedMethod.Either, 200, 200)]
    [InlineData("8.14.0", ModifiedMethod.Get, 200, 303)]
    [InlineData("8.14.0", ModifiedMethod.Post, 303, 200)]
    [InlineData("8.13.0", ModifiedMethod.Either, 303, 303)]
    [InlineData("6.14.0", ModifiedMethod.Either, 404, 404)]
    public async Task Modified_incidents_are_listed_from_8_14_on(
        string version,
        ModifiedMethod method,
        int get,
        int post
    )
    {
        await using var scene = await StartAsync(new XsoarBehaviour { ModifiedIncidentsMethod = method }, version);
        var listed = await scene.GetAsync("/incidents/modified?from_timestamp=1000000000");
        Assert.Equal(get, listed.Status);
        Assert.Equal(post, (await scene.PostAsync("/incidents/modified", new { from_timestamp = 1000000000 })).Status);
        if (get == 200)
            Assert.Equal("""["1","2","3"]""", listed.Text);
        if (version == "8.14.0")
            Assert.Equal(303, (await scene.SendAsync("GET", "/xsoar/incidents/modified?from_timestamp=1")).Status);
    }

    private static async Task<XsoarScene> StartAsync(XsoarBehaviour? behaviour = null, string version = "6.14.0")
    {
        var scene = await XsoarScene.StartAsync(behaviour, version);
        scene.World.Close("2");
        foreach (var id in new[] { "1", "2" })
            scene.World.Incident(id).Owner = scene.World.ApiUser;
        var login = scene.World.Incident("3");
        (login.Owner, login.Severity, login.Type, login.CustomFieldsJson) = (
            "jane@example.com",
            3,
            "Access",
            """{"scanip":"1.2.3.4"}"""
        );
        return scene;
    }

    private static Task<Reply> SearchAsync(XsoarScene scene, object filter) =>
        scene.PostAsync("/incidents/search", new { userFilter = false, filter });

    private static string Ids(Reply reply)
    {
        var data = reply.Json.GetProperty("data");
        return data.ValueKind == JsonValueKind.Null
            ? ""
            : string.Join(",", data.EnumerateArray().Select(static it => it.GetProperty("id").GetString()));
    }
}
