using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

/// <summary>Incidents are created, changed and closed (xsoar-rest.md, section 5).</summary>
public sealed class XsoarIncidentsTests
{
    private const string Incident = """
        {"id":"1234","version":7,"name":"Suspicious mail","type":"Phishing","status":1,"severity":2,"owner":"jane",
         "dueDate":"2023-09-30T09:07:46Z","labels":[{"type":"Source","value":"Mattermost"}],"CustomFields":{"scanip":"1.2.3.4"}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LoopbackAnswer Stale =>
        LoopbackAnswer.Json(
            """{"id":"errOptimisticLock","status":400,"title":"x","detail":"changed, DB version differs"}""",
            400
        );

    [Fact]
    public async Task An_incident_is_created_once_and_read_from_the_answer()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(Incident, 201));
        using var client = TestClients.Xsoar(server.Uri);

        var created = await client.Incidents.CreateAsync(new JsonObject { ["name"] = "Suspicious mail" }, Token);

        Assert.Equal(("1234", "Suspicious mail"), (created!.Id, created.Name));
        Assert.Equal(("Source", "Mattermost"), (created.Labels[0].Type, created.Labels[0].Value));
        Assert.Equal(new DateTimeOffset(2023, 9, 30, 9, 7, 46, TimeSpan.Zero), created.DueDate);
        Assert.Equal("/incident", Assert.Single(server.Requests).Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"name":"Suspicious mail","version":1}""")]
    [InlineData("null")]
    public async Task An_answer_without_an_id_leaves_open_whether_there_is_an_incident(string answer)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(answer));
        using var client = TestClients.Xsoar(server.Uri);
        Assert.Null(await client.Incidents.CreateAsync(new JsonObject { ["name"] = "x" }, Token));
    }

    [Fact]
    public async Task A_change_keeps_everything_else_and_is_made_again_on_what_somebody_else_changed()
    {
        var version = 7;
        var writes = 0;
        await using var server = new LoopbackServer(request =>
            request.Method == "GET" ? LoopbackAnswer.Json(Incident.Replace("\"version\":7", $"\"version\":{version}"))
            : ++writes == 1 ? Later()
            : LoopbackAnswer.Json(Incident)
        );
        using var client = TestClients.Xsoar(server.Uri);

        await client.Incidents.UpdateAsync("1234", incident => incident["owner"] = "bob", Token);

        var sent = JsonNode.Parse(server.Requests[^1].Body)!;
        Assert.Equal(
            ("bob", 8, "1.2.3.4", "Phishing"),
            (
                (string?)sent["owner"],
                (int?)sent["version"],
                (string?)sent["CustomFields"]!["scanip"],
                (string?)sent["type"]
            )
        );
        Assert.Equal(
            ["/incident/load/1234", "/incident", "/incident/load/1234", "/incident"],
            server.Requests.Select(request => request.Target)
        );

        LoopbackAnswer Later()
        {
            version = 8;
            return Stale;
        }
    }

    [Fact]
    public async Task A_change_that_always_comes_too_late_ends()
    {
        await using var server = new LoopbackServer(request =>
            request.Method == "GET" ? LoopbackAnswer.Json(Incident) : Stale
        );
        using var client = TestClients.Xsoar(server.Uri);

        await Assert.ThrowsAsync<ApiException>(() =>
            client.Incidents.UpdateAsync("1234", incident => incident["owner"] = "bob", Token)
        );

        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task An_incident_is_closed_with_reason_and_notes()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(Incident));
        using var client = TestClients.Xsoar(server.Uri);

        await client.Incidents.CloseAsync("1234", "Resolved", "done", Token);

        var request = Assert.Single(server.Requests);
        Assert.Equal("/incident/close", request.Target);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"id":"1234","version":-1,"closeReason":"Resolved","closeNotes":"done"}"""),
                JsonNode.Parse(request.Body)
            )
        );
    }

    [Fact]
    public async Task Opening_what_is_open_is_fine_and_another_refusal_is_not()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"id":"x","status":400,"detail":"Investigation already exists"}""", 400),
            LoopbackAnswer.Json("""{"id":"x","status":400,"detail":"Something else"}""", 400)
        );
        using var client = TestClients.Xsoar(server.Uri);

        await client.Incidents.OpenAsync("1234", 1, Token);
        await Assert.ThrowsAsync<ApiException>(() => client.Incidents.OpenAsync("1234", 1, Token));
    }
}
