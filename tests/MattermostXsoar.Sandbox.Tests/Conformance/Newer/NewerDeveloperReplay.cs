using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>Replays the calls to a server of 11.6 with developer mode.</summary>
internal sealed class NewerDeveloperReplay : IConformanceSource
{
    private static readonly string Folder = Path.Combine(Recorded.Folder11, "developer-on");

    public async Task<ConformanceSection> RunAsync()
    {
        await using var scenario = await NewerScenario.StartAsync(NewerScenario.Options with { DeveloperMode = true });
        using var player = new RequestPlayer(scenario.Sandbox.MattermostUri, scenario.Ids, scenario.Tokens);
        var rows = new List<ConformanceRow>();
        foreach (
            var name in Directory
                .GetFiles(Folder)
                .Select(static it => Path.GetFileNameWithoutExtension(it))
                .Order(StringComparer.Ordinal)
        )
        {
            var call = RecordedCall.Load(Folder, name);
            var row = RestReplay.Compare(
                call,
                call,
                await player.PlayAsync(call),
                new BodyComparison(scenario.Ids, scenario.Sandbox.MattermostUri)
            );
            rows.Add(row with { Explanation = NewerDifferences.Explanation("developer-on/" + name) });
        }
        return new ConformanceSection(
            "REST of 11.6: developer mode",
            "The calls of `developer-on/`, where `detailed_error` is not empty. Compared as above.",
            [new ConformanceTable("Details of errors", "request", rows)],
            []
        )
        {
            Version = "11.6",
        };
    }
}
