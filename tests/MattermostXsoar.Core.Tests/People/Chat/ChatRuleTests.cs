using System.Text.Json.Nodes;
using MattermostXsoar.Core.People.Chat;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Chat;

/// <summary>The rules by which messages to the bot are read.</summary>
public sealed class ChatRuleTests
{
    [Theory]
    [InlineData("list incidents", "ListIncidents", 1)]
    [InlineData("  LIST   incidents\n", "ListIncidents", 1)]
    [InlineData("list incidents page 12", "ListIncidents", 12)]
    [InlineData("list incidents [page 2]", "ListIncidents", 2)]
    [InlineData("list incidents page 0", "ListIncidents", 1)]
    [InlineData("list my incidents page 3.", "ListMyIncidents", 3)]
    [InlineData("list my tasks", "ListMyTasks", 1)]
    [InlineData("list closed incidents", "ListClosedIncidents", 1)]
    [InlineData("list my open incidents", "NewIncident", 1)]
    [InlineData("new incident", "NewIncident", 1)]
    [InlineData("could you open an incident name=x", "NewIncident", 1)]
    [InlineData("CREATE INCIDENTS json=[]", "NewIncident", 1)]
    [InlineData("the news of the incident", "Help", 1)]
    [InlineData("reopen the incident", "Help", 1)]
    [InlineData("note=new incident", "Help", 1)]
    [InlineData("list incidents page x", "Help", 1)]
    [InlineData("mirror", "Help", 1)]
    [InlineData("mirror 1 and 2", "Help", 1)]
    [InlineData("", "Help", 1)]
    public void Commands_are_recognised(string text, string kind, int page)
    {
        var request = BotRequestParser.Parse(text);
        Assert.Equal((kind, page), (request.Kind.ToString(), request.Page));
    }

    [Theory]
    [InlineData("mirror 22", "22")]
    [InlineData("Mirror incident-22", "22")]
    [InlineData("mirror #22", "22")]
    [InlineData("mirror incident INCIDENT-7", "INCIDENT-7")]
    public void A_mirror_names_its_incident(string text, string id) =>
        Assert.Equal(new BotRequest(BotRequestKind.Mirror, Text: id), BotRequestParser.Parse(text));

    [Theory]
    [InlineData("@xsoarbot list", "list")]
    [InlineData("  @XsoarBot:  list\n", "list")]
    [InlineData("@xsoarbot, list", "list")]
    [InlineData("@xsoarbot", "")]
    [InlineData("@xsoarbot.", "")]
    [InlineData("@xsoarbot2 list", null)]
    [InlineData("@xsoarbot-list", null)]
    [InlineData("hey @xsoarbot list", null)]
    [InlineData("xsoarbot list", null)]
    public void A_message_is_for_the_bot_if_it_begins_with_its_name(string text, string? rest) =>
        Assert.Equal(rest, BotMention.Remove(text, "xsoarbot"));

    [Theory]
    [InlineData("create incident name=a b type=Access", "a b", "Access")]
    [InlineData("create incident type=Access name=a b", "a b", "Access")]
    [InlineData("create incident name= a", "a", null)]
    [InlineData("create incident name=`a`\nb", "ab", null)]
    [InlineData("new incident at the gate", "at the gate", null)]
    [InlineData("create incident json={\"name\":\"x\",\"type\":\"T\"}", "x", "T")]
    [InlineData("create incident json={“name”:“x”}", "x", null)]
    [InlineData("create incident json={\"name\":\"https://h/?name=1&type=2\"}", "https://h/?name=1&type=2", null)]
    public void An_incident_is_read(string text, string name, string? type)
    {
        var order = IncidentOrder.Read(text);
        Assert.Null(order.Problem);
        var incident = Assert.Single(order.Incidents);
        Assert.Equal((name, type), ((string?)incident["name"], (string?)incident["type"]));
    }

    [Theory]
    [InlineData("create incident name=", "Please specify")]
    [InlineData("create incident at the gate", "Please specify")]
    [InlineData("create incident json={\"type\":\"x\"}", "Please specify")]
    [InlineData("create incident json={\"name\":1}", "Please specify")]
    [InlineData("create incident type=x json={\"name\":\"x\"}", "No other properties")]
    [InlineData("create incident json={\"name\":\"x\"} type=y", "No other properties")]
    [InlineData("create incident json={\"name\":\"x\"} please", "not the JSON")]
    [InlineData("create incident json=[]", "not the JSON")]
    [InlineData("create incident json=[1]", "not the JSON")]
    [InlineData("create incident json=", "not the JSON")]
    [InlineData("create incident json={\"name\":\"\\ud800\"}", "not the JSON")]
    public void What_is_no_incident_is_refused(string text, string problem)
    {
        var order = IncidentOrder.Read(text);
        Assert.Contains(problem, order.Problem, StringComparison.Ordinal);
        Assert.Empty(order.Incidents);
    }

    [Fact]
    public void More_incidents_than_anybody_writes_are_refused() =>
        Assert.Contains(
            "At most 20",
            IncidentOrder
                .Read("create incident json=[" + string.Join(',', Enumerable.Repeat("{\"name\":\"x\"}", 21)) + "]")
                .Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void Nobody_changes_an_incident_that_exists_or_reports_as_somebody_else()
    {
        var given = (JsonObject)
            JsonNode.Parse(
                """
                {"name":"x","ID":"1","version":-1,"status":2,"investigationId":"1","rawJSON":"{}","createInvestigation":false,
                 "Severity":"critical","customfields":{"scanip":"1.2.3.4"},
                 "labels":[{"type":"reporteremail","value":"ceo@example.com"},{"type":"Case","value":"7"},"x"]}
                """
            )!;

        var incident = IncidentFields.Complete(
            given,
            true,
            "Access",
            "jane",
            "jane@example.com",
            "post",
            "the message"
        );

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"name":"x","CustomFields":{"scanip":"1.2.3.4"},"severity":4,"type":"Access",
                     "labels":[{"type":"Case","value":"7"},{"type":"Reporter","value":"jane"},
                      {"type":"ReporterEmail","value":"jane@example.com"},{"type":"Source","value":"Mattermost"},
                      {"type":"MattermostPost","value":"post"}],
                     "rawJSON":"{\u0022ReporterEmail\u0022:\u0022jane@example.com\u0022,\u0022Message\u0022:\u0022the message\u0022}",
                     "createInvestigation":true}
                    """
                ),
                incident
            ),
            incident.ToJsonString()
        );
    }

    [Theory]
    [InlineData("high", 3.0)]
    [InlineData(" Critical ", 4.0)]
    [InlineData("info", 0.5)]
    [InlineData("0.5", 0.5)]
    [InlineData("5", null)]
    [InlineData("-1", null)]
    [InlineData("very high", null)]
    public void A_severity_has_a_number_or_a_name(string text, double? severity) =>
        Assert.Equal(severity, IncidentFields.SeverityOf(text));

    [Fact]
    public void A_cell_is_one_line_of_its_width_and_cannot_end_the_block()
    {
        var table = new TextTable(("Name", 6));
        table.Add(["a\n```b\U0001F600c"], new Uri("http://x/"));
        table.Add(["abcde\U0001F600"], new Uri("http://x/"));
        Assert.Equal(
            "```\nName   | Link \n=======|=====\na '''b | http://x/\nabcde  | http://x/\n```",
            table.ToString()
        );
    }

    [Fact]
    public void A_person_is_told_once_and_answered_again_when_the_minute_is_over()
    {
        var limit = new PersonRateLimit(2, TimeSpan.FromMinutes(1));
        Assert.Equal(
            "Answer Answer Tell Ignore Ignore Answer",
            string.Join(' ', new long[] { 0, 1000, 2000, 3000, 59_999, 61_000 }.Select(at => limit.Count("a", at)))
        );
        Assert.Equal(PersonRate.Answer, limit.Count("b", 2000));
    }
}
