using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>Replays the whole scenario that was recorded of 11.6, request by request.</summary>
internal sealed class NewerReplay : IConformanceSource
{
    public async Task<ConformanceSection> RunAsync()
    {
        await using var scenario = await NewerScenario.StartAsync(NewerScenario.Options);
        using var player = new RequestPlayer(scenario.Sandbox.MattermostUri, scenario.Ids, scenario.Tokens);
        var preparations = new Preparations(scenario);
        var rows = new List<(string Group, ConformanceRow Row)>();
        foreach (var call in RecordedCall.LoadAll(Recorded.Folder11))
        {
            if (call.Name.StartsWith("rest-ratelimit-", StringComparison.Ordinal))
                continue;
            preparations.Before(call.Name);
            rows.Add((RestGroups.Of(call.Name), await RowAsync(call, player, scenario)));
        }
        return new ConformanceSection(
            "REST of 11.6: the recorded scenario",
            $"""
            All requests of `tests/recorded/mattermost-11/INDEX.tsv` are sent in the order in which they were recorded, to a
            sandbox of 11.6 without developer mode. Between them the sandbox's people do what the recorder did without
            recording it. Compared as above. Of pages of lists that are sorted by ids only the fields are compared, since the ids
            are random: {string.Join(", ", NewerDifferences.PagesByIds)}.
            """,
            RestGroups.Tables(rows),
            []
        )
        {
            Version = "11.6",
        };
    }

    private static async Task<ConformanceRow> RowAsync(RecordedCall call, RequestPlayer player, NewerScenario scenario)
    {
        Answered answered;
        try
        {
            answered = await player.PlayAsync(call);
        }
        catch (Exception error) when (error is InvalidOperationException or HttpRequestException)
        {
            // An earlier answer lacked the id that this request needs, or the sandbox dropped the connection.
            return new ConformanceRow(
                call.Name,
                call.Display,
                call.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "not asked",
                [BodyComparison.Settle(error.Message)],
                NewerDifferences.Explanation(call.Name)
            );
        }
        var row = RestReplay.Compare(
            call,
            call,
            answered,
            new BodyComparison(scenario.Ids, scenario.Sandbox.MattermostUri)
            {
                HasThreadTag =
                    call.Path.EndsWith("/thread", StringComparison.Ordinal) || call.Path.Contains("/thread?"),
                Unordered = NewerDifferences.Unordered(call.Name),
                FieldsOnly = NewerDifferences.PagesByIds.Contains(call.Name),
            }
        );
        return row with { Explanation = NewerDifferences.Explanation(call.Name) };
    }
}
