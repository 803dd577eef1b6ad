using System.Collections;
using System.Text.Json;
using MattermostXsoar.Core.Context;
using MattermostXsoar.Core.Mattermost.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Context;

/// <summary>The form of XSOAR's context.</summary>
public sealed class ContextDocumentTests
{
    [Fact]
    public void Fields_that_a_newer_server_adds_are_kept_as_they_are()
    {
        var team = JsonSerializer.Deserialize(
            """{"id":"t1","create_at":1700000000000,"mood":"calm","ratio":0.5,"nested":{"Deep":[1,"two",null,true]}}""",
            MattermostJson.Default.MattermostTeam
        )!;

        var fields = Fields(team, "Team");

        Assert.Equal("calm", fields["mood"]);
        Assert.Equal(0.5, fields["ratio"]);
        Assert.Equal(1700000000000L, fields["create_at"]);
        var nested = Assert.IsAssignableFrom<IDictionary>(fields["nested"]);
        Assert.Equal(new object?[] { 1L, "two", null, true }, nested["Deep"]);
    }

    [Fact]
    public void Documented_paths_come_first_and_are_there_even_when_nothing_was_sent()
    {
        var channel = JsonSerializer.Deserialize(
            """{"id":"c1","type":"O","mood":"calm"}""",
            MattermostJson.Default.MattermostChannel
        )!;

        var names = Fields(channel, "Channel").Keys.Cast<string>().ToList();

        Assert.Equal(ContextPaths.Channel, names.Take(ContextPaths.Channel.Count));
        Assert.Contains("type", names);
        Assert.Contains("mood", names);
        Assert.Null(Fields(channel, "Channel")["description"]);
    }

    [Fact]
    public void Text_stays_readable_in_json()
    {
        var team = JsonSerializer.Deserialize(
            """{"display_name":"Führung <& 監視>"}""",
            MattermostJson.Default.MattermostTeam
        )!;
        var document = new ContextDocument();
        document.Add(team);

        Assert.Contains("\"display_name\":\"Führung <& 監視>\"", document.ToJson(), StringComparison.Ordinal);
    }

    private static IDictionary Fields(object item, string prefix)
    {
        var document = new ContextDocument();
        document.Add(item);
        return Assert.IsAssignableFrom<IDictionary>(
            Assert.IsAssignableFrom<IDictionary>(document.ToDictionary()["Mattermost"])![prefix]
        );
    }
}
