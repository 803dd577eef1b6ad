using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Replays the scenario on a server without developer mode, whose errors were recorded.</summary>
internal sealed class DeveloperOffReplay : RestReplay
{
    private static readonly string Folder = Path.Combine(Recorded.Folder, "developer-off");

    protected override string Title => "REST: errors of a production server";

    protected override string Introduction =>
        """
            The same scenario on a server without developer mode, where `detailed_error` is empty (`developer-off/`). Compared as
            above; only these answers were recorded.
            """;

    protected override SandboxOptions Options => base.Options with { DeveloperMode = false };

    protected override IReadOnlyList<(string, string)> NotReplayedRows(IReadOnlyList<(string, string)> rows) =>
        [.. rows.Where(static row => File.Exists(Path.Combine(Folder, row.Item1 + ".json")))];

    protected override async Task<ConformanceRow?> RowAsync(
        RecordedCall call,
        RequestPlayer player,
        RecordedScenario scenario
    )
    {
        if (!File.Exists(Path.Combine(Folder, call.Name + ".json")))
        {
            // Not recorded here, but later requests need its effects and the ids in its answer.
            await base.RowAsync(call, player, scenario);
            return null;
        }
        var answered = await player.PlayAsync(call);
        // That server had ids of its own, which are in no other recording.
        return Compare(
            call,
            RecordedCall.Load(Folder, call.Name),
            answered,
            new BodyComparison(new IdMap(), scenario.Sandbox.MattermostUri)
        );
    }
}
