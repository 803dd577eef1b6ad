using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Incidents;

/// <summary>What is asked for incidents, and what becomes of the answer.</summary>
public sealed class IncidentFinderTests
{
    // The shapes of xsoar-rest.md §5.
    private const string Page = """
        {"total":2,"data":[
          {"id":"7","version":3,"name":"Phishing","type":"Phishing","status":1,"severity":0.5,"owner":"jane","investigationId":"7",
           "created":"2023-09-20T09:07:46.457488661Z","modified":"2023-09-20T10:01:00Z","occurred":"0001-01-01T00:00:00Z",
           "closed":"0001-01-01T00:00:00Z","dueDate":"2023-09-30T09:07:46Z","details":"d",
           "labels":[{"type":"Reporter","value":"Jane"},{"type":"Reporter","value":"Joe"},"odd",{"value":7}],
           "CustomFields":{"scanip":"1.2.3.4","hits":3}},
          {"id":"8","status":0,"investigationId":"","labels":null,"CustomFields":null}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_what_the_server_sends()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(Page));
        using var client = TestClients.Xsoar(server.Uri);

        var found = await FinderOf(client).ListAsync(new IncidentConditions(), 0, 50, Token);

        var first = found[0];
        Assert.Equal(
            ("7", "7", "Phishing", "Phishing", IncidentSeverity.Informational, IncidentStatus.Active, "jane", "d"),
            (
                first.Id,
                first.InvestigationId,
                first.Name,
                first.IncidentType,
                first.Severity,
                first.Status,
                first.Owner,
                first.Details
            )
        );
        Assert.Equal(
            (2023, 30, null, null, true),
            (first.Created!.Value.Year, first.DueDate!.Value.Day, first.Occurred, first.Closed, first.IsOpen)
        );
        Assert.Equal(["Reporter: Jane", "Reporter: Joe"], first.Labels.Select(label => label.ToString()));
        Assert.Equal(("1.2.3.4", 3L), (first.CustomFields["scanip"], first.CustomFields["hits"]));
        Assert.Equal("http://xsoar/7", first.Uri.ToString());
        // A pending incident has no investigation yet; its id will be that of the incident.
        Assert.Equal(
            ("8", IncidentStatus.Pending, null),
            (found[1].InvestigationId, found[1].Status, found[1].Created)
        );
    }

    [Fact]
    public async Task Asks_for_all_conditions_and_the_newest_first()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"total":0,"data":null}"""));
        using var client = TestClients.Xsoar(server.Uri);

        await FinderOf(client)
            .ListAsync(
                new IncidentConditions
                {
                    Statuses = [IncidentStatus.Pending, IncidentStatus.Active],
                    Severities = [IncidentSeverity.Informational, IncidentSeverity.Critical],
                    Types = ["Phishing"],
                    Names = ["n"],
                    Owners = ["jane", "o\"x\\y"],
                    Query = "-category:job or a",
                },
                2,
                50,
                Token
            );

        var filter = JsonNode.Parse(server.Requests[0].Body)!["filter"]!;
        Assert.Equal(
            """
            {"status":[0,1],"level":[0.5,4],"type":["Phishing"],"name":["n"],"query":"(-category:job or a) and (owner:\u0022jane\u0022 or owner:\u0022o\\\u0022x\\\\y\u0022)","page":2,"size":50,"sort":[{"field":"created","asc":false},{"field":"id","asc":false}]}
            """,
            filter.ToJsonString()
        );
    }

    [Fact]
    public async Task One_that_is_not_there_is_an_error()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"total":0,"data":null}"""));
        using var client = TestClients.Xsoar(server.Uri);

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => FinderOf(client).GetAsync("9", Token));

        Assert.Equal((ErrorIds.InvestigationNotFound, ErrorKind.NotFound), (error.ErrorId, error.Kind));
    }

    [Theory]
    [InlineData(0, IncidentSeverity.Unknown)]
    [InlineData(0.5, IncidentSeverity.Informational)]
    [InlineData(1.5, IncidentSeverity.Low)]
    [InlineData(2, IncidentSeverity.Medium)]
    [InlineData(3, IncidentSeverity.High)]
    [InlineData(9, IncidentSeverity.Critical)]
    public void A_number_is_a_severity(double number, IncidentSeverity severity) =>
        Assert.Equal(severity, IncidentReader.SeverityOf(number));

    [Fact]
    public void A_severity_is_its_number_again() =>
        Assert.All(
            Enum.GetValues<IncidentSeverity>(),
            severity => Assert.Equal(severity, IncidentReader.SeverityOf(IncidentReader.NumberOf(severity)))
        );

    private static IncidentFinder FinderOf(MattermostXsoar.Core.Xsoar.XsoarClient client) =>
        new(client, id => new Uri("http://xsoar/" + id));
}
