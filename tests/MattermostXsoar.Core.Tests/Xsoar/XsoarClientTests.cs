using System.Text.Json.Nodes;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

/// <summary>What the XSOAR client sends and reads, on 6.x and 8.x.</summary>
public sealed class XsoarClientTests
{
    // The shapes of xsoar-rest.md, shortened.
    private const string Investigation = """
        {"id":"1234","version":7,"name":"Phishing 1234","type":0,"status":0,
         "created":"2023-09-20T09:07:46.457488661Z","modified":"2023-09-20T10:01:00Z","closed":"0001-01-01T00:00:00Z",
         "users":["admin","jane"],"tags":null,
         "entries":[
          {"id":"96@1234","version":2,"investigationId":"1234","type":1,"category":"chat","contents":"This is a note",
           "format":"markdown","user":"admin","created":"2021-03-08T18:47:47.786120529Z",
           "modified":"2021-03-08T18:47:51.032485206Z","parentId":"","note":true,"pinned":false,"tags":null,"system":"",
           "brand":"Builtin","instance":"Builtin","file":"","fileMetadata":null,"entryTask":null,"taskId":"","retryTime":"0001-01-01T00:00:00Z"},
          {"id":"yukswe2UVanMjyvEANmLBH@1234","type":3,"contents":{"a":[1,2]},"format":"json","file":"a.eml",
           "fileMetadata":{"size":12,"type":"message/rfc822","isMediaFile":false},"tags":["t1","t2"],"deleted":true,
           "entryTask":{"playbookName":"Phishing","taskId":"4","taskName":"Block"},"created":"2021-03-08T18:48:00+02:00"}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version_6_is_asked_without_prefix_and_key_id()
    {
        // 6.x sends its JSON as text/plain.
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text("""{"demistoVersion":"6.14.0","buildNum":"12345"}""", "text/plain; charset=utf-8")
        );
        using var client = TestClients.Xsoar(server.Uri);

        var about = await client.AboutAsync(Token);

        Assert.Equal(
            ("6.14.0", "12345", null, null),
            (about.Version, about.BuildNumber, about.DeploymentMode, about.ProductMode)
        );
        Assert.Equal(new Version(6, 14, 0), about.ParsedVersion);
        var request = Assert.Single(server.Requests);
        Assert.Equal("/about", request.Target);
        Assert.Equal(TestClients.XsoarKey, request.Headers["Authorization"]);
        Assert.False(request.Headers.ContainsKey("x-xdr-auth-id"));
    }

    [Fact]
    public async Task Version_8_is_asked_below_its_prefix_with_the_key_id()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"demistoVersion":"8.13.0","deploymentMode":"saas","productMode":"xsoar"}""")
        );
        using var client = TestClients.Xsoar(new Uri(server.Uri, "/xsoar/"), " 17 ");

        var about = await client.AboutAsync(Token);

        Assert.Equal(
            ("8.13.0", null, "saas", "xsoar"),
            (about.Version, about.BuildNumber, about.DeploymentMode, about.ProductMode)
        );
        var request = Assert.Single(server.Requests);
        Assert.Equal("/xsoar/about", request.Target);
        Assert.Equal("17", request.Headers["x-xdr-auth-id"]);
    }

    [Theory]
    [InlineData(303)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_route_that_is_not_below_the_first_prefix_is_found_below_the_second_and_remembered(int status)
    {
        await using var server = new LoopbackServer(request =>
            request.Target.StartsWith("/xsoar/public/v1/", StringComparison.Ordinal)
                ? LoopbackAnswer.Json("""{"id":"97@1234"}""")
                : new LoopbackAnswer { Status = status }.With("Location", "/login")
        );
        using var client = TestClients.Xsoar(server.Uri, "17");

        await client.AddFormattedEntryAsync("1234", "one", cancellationToken: Token);
        await client.AddFormattedEntryAsync("1234", "two", cancellationToken: Token);

        Assert.Equal(
            ["/xsoar/entry/formatted", "/xsoar/public/v1/entry/formatted", "/xsoar/public/v1/entry/formatted"],
            server.Requests.Select(request => request.Target)
        );
    }

    [Fact]
    public async Task A_prefix_of_ones_own_is_used()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"demistoVersion":"6.14.0"}"""));
        using var client = TestClients.Xsoar(server.Uri, prefix: "acc_tenant/");
        await client.AboutAsync(Token);
        Assert.Equal("/acc_tenant/about", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task An_investigation_is_read_in_full()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(Investigation));
        using var client = TestClients.Xsoar(server.Uri);

        var investigation = await client.GetInvestigationAsync(
            "1234",
            new EntryQuery
            {
                FromTime = new DateTimeOffset(2023, 9, 20, 11, 0, 0, 500, TimeSpan.FromHours(2)),
                PageSize = 100,
                Categories = ["chats"],
            },
            Token
        );

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/investigation/1234"), (request.Method, request.Target));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"pageSize":100,"fromTime":"2023-09-20T09:00:00.5Z","categories":["chats"]}"""),
                JsonNode.Parse(request.Body)
            ),
            request.Body
        );
        Assert.Equal(
            ("1234", "Phishing 1234", 0, 0),
            (investigation.Id, investigation.Name, investigation.Type, investigation.Status)
        );
        Assert.Equal(["admin", "jane"], investigation.Users);
        Assert.Null(investigation.Closed);
        Assert.False(investigation.IsClosed);
        Assert.False(investigation.IsPlayground);
        Assert.Equal(new DateTimeOffset(2023, 9, 20, 9, 7, 46, TimeSpan.Zero).AddTicks(4574886), investigation.Created);

        var note = investigation.Entries[0];
        Assert.Equal(
            ("96@1234", "1234", 1, "chat", "markdown", "admin"),
            (note.Id, note.InvestigationId, note.Type, note.Category, note.Format, note.User)
        );
        Assert.Equal(("This is a note", false), (note.Contents, note.ContentsIsJson));
        Assert.Equal((true, false, false, 2L), (note.Note, note.Pinned, note.Deleted, note.Version));
        Assert.Equal(new DateTimeOffset(2021, 3, 8, 18, 47, 47, TimeSpan.Zero).AddTicks(7861205), note.Created);
        Assert.Equal(new DateTimeOffset(2021, 3, 8, 18, 47, 51, TimeSpan.Zero).AddTicks(324852), note.Modified);
        Assert.Empty(note.Tags);
        Assert.Null(note.FileMetadata);
        Assert.Null(note.EntryTask);
        Assert.Equal(
            ("Builtin", "Builtin", "", "", ""),
            (note.Brand, note.Instance, note.File, note.ParentId, note.TaskId)
        );

        var file = investigation.Entries[1];
        Assert.Equal(("""{"a":[1,2]}""", true), (file.Contents, file.ContentsIsJson));
        Assert.Equal(("a.eml", 12L, "message/rfc822"), (file.File, file.FileMetadata!.Size, file.FileMetadata.Type));
        Assert.Equal(["t1", "t2"], file.Tags);
        Assert.True(file.Deleted);
        Assert.Equal(
            ("Phishing", "4", "Block"),
            (file.EntryTask!.PlaybookName, file.EntryTask.TaskId, file.EntryTask.TaskName)
        );
        Assert.Equal(new DateTimeOffset(2021, 3, 8, 16, 48, 0, TimeSpan.Zero), file.Created);
    }

    [Theory]
    [InlineData("""{"id":"1","entries":null}""")]
    [InlineData("""{"id":"1"}""")]
    public async Task No_entries_are_an_empty_list(string body)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(body));
        using var client = TestClients.Xsoar(server.Uri);
        Assert.Empty((await client.GetInvestigationAsync("1", new EntryQuery(), Token)).Entries);
    }

    [Fact]
    public async Task A_closed_investigation_and_a_playground_are_reported()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """{"id":"1","type":9,"closed":"2023-09-20T10:54:00.669862412Z","closingUserId":"DBot"}"""
            )
        );
        using var client = TestClients.Xsoar(server.Uri);
        var investigation = await client.GetInvestigationAsync("1", new EntryQuery(), Token);
        Assert.Equal(
            (true, true, "DBot"),
            (investigation.IsClosed, investigation.IsPlayground, investigation.ClosingUserId)
        );
    }

    [Fact]
    public async Task A_search_is_sent_with_its_size_and_read()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """{"data":[{"id":"1234","version":13,"name":"n","type":"Phishing","status":2,"owner":"jane","severity":0.5,"created":"2023-09-20T09:07:46Z","modified":"2023-09-20T09:08:46.5Z","closed":"2023-09-21T00:00:00Z","investigationId":"1234"}],"total":7}"""
            )
        );
        using var client = TestClients.Xsoar(server.Uri);

        var page = await client.SearchIncidentsAsync(
            new IncidentQuery
            {
                Ids = ["1234", "1235"],
                Query = "-status:closed",
                ModifiedSince = new DateTimeOffset(2023, 9, 20, 9, 0, 0, TimeSpan.Zero),
                Page = 2,
            },
            Token
        );

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/incidents/search"), (request.Method, request.Target));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """{"userFilter":false,"filter":{"id":["1234","1235"],"query":"(-status:closed) and modified:>=\"2023-09-20T09:00:00Z\"","page":2,"size":1000,"sort":[{"field":"id","asc":true}]}}"""
                ),
                JsonNode.Parse(request.Body)
            ),
            request.Body
        );
        Assert.Equal(7, page.Total);
        var incident = Assert.Single(page.Data);
        Assert.Equal(
            ("1234", 13, "n", "Phishing", 2, "jane", "1234"),
            (
                incident.Id,
                incident.Version,
                incident.Name,
                incident.Type,
                incident.Status,
                incident.Owner,
                incident.InvestigationId
            )
        );
        Assert.Equal(0.5, incident.Severity);
        Assert.True(incident.IsClosed);
        Assert.NotNull(incident.Closed);
        Assert.Equal(new DateTimeOffset(2023, 9, 20, 9, 8, 46, 500, TimeSpan.Zero), incident.Modified);
    }

    [Fact]
    public async Task A_search_without_a_match_is_an_empty_page()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"data":null,"total":0}"""));
        using var client = TestClients.Xsoar(server.Uri);
        var page = await client.SearchIncidentsAsync(new IncidentQuery(), Token);
        Assert.Empty(page.Data);
        Assert.Equal(0, page.Total);
    }

    [Theory]
    [InlineData("!Print value=\"x\"")]
    [InlineData("/incident_close")]
    [InlineData("@admin come here")]
    public async Task An_entry_is_sent_by_the_route_that_shows_it_and_never_runs_it(string line)
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"id":"97@1234","contents":"x","created":"2021-03-08T18:47:47.786120529Z"}""")
        );
        using var client = TestClients.Xsoar(server.Uri);

        var entry = await client.AddFormattedEntryAsync("1234", line, cancellationToken: Token);

        Assert.Equal("97@1234", entry.Id);
        var request = Assert.Single(server.Requests);
        Assert.Equal("/entry/formatted", request.Target);
        Assert.True(
            JsonNode.DeepEquals(
                new JsonObject
                {
                    ["investigationId"] = "1234",
                    ["format"] = "markdown",
                    ["contents"] = line,
                },
                JsonNode.Parse(request.Body)
            )
        );
    }

    [Theory]
    [InlineData("INCIDENT-7", "https://tenant.example.com/incidents/war_room?caseId=7")]
    [InlineData(
        "12",
        "https://tenant.example.com/incidents/alerts_and_insights?caseId=12&action:openAlertDetails=12-warRoom"
    )]
    public void Links_to_an_XSIAM_lead_to_the_incident_or_the_alert(string investigation, string link) =>
        Assert.Equal(
            link,
            XsoarLinks.XsiamWarRoom(new Uri("https://api-tenant.example.com"), investigation).AbsoluteUri
        );

    [Theory]
    [InlineData("https://xsoar.example.com", "6.14.0", "1234", null, "https://xsoar.example.com/#/WarRoom/1234")]
    [InlineData(
        "https://xsoar.example.com/acc_a",
        "6.14.0",
        "1234",
        "96@1234",
        "https://xsoar.example.com/acc_a/#/WarRoom/1234/96@1234"
    )]
    [InlineData("https://api-soc.example.com", "8.3.0", "1", null, "https://soc.example.com/#/WarRoom/1")]
    [InlineData("https://api-soc.example.com", "8.4.0", "1", "ab@1", "https://soc.example.com/WarRoom/1/ab@1")]
    [InlineData(
        "https://soc.example.com:8443",
        "8.13.0",
        "INCIDENT-7",
        null,
        "https://soc.example.com:8443/WarRoom/INCIDENT-7"
    )]
    [InlineData("https://api-old.example.com", "6.14.0", "1", null, "https://api-old.example.com/#/WarRoom/1")]
    public void Links_fit_the_version(
        string server,
        string version,
        string investigation,
        string? entry,
        string link
    ) =>
        Assert.Equal(
            link,
            XsoarLinks.WarRoom(new Uri(server), Version.Parse(version), investigation, entry).AbsoluteUri
        );
}
