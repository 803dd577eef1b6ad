using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Sends requests to a server with rate limiting until it refuses.</summary>
internal sealed class RateLimitReplay : IConformanceSource
{
    public async Task<ConformanceSection> RunAsync()
    {
        var tables = new List<ConformanceTable>();
        foreach (var (config, byUser) in new[] { ("by-remote-addr", false), ("by-user", true) })
            tables.Add(
                new ConformanceTable(
                    byUser ? "Counted by user" : "Counted by address",
                    "request",
                    await PlayAsync(config, byUser)
                )
            );
        return new ConformanceSection(
            "REST: rate limiting",
            """
            A server that allows one request per second with bursts of two (`PerSec=1, MaxBurst=2`). Each call is sent until the
            recorded status is answered: the last one that is allowed and the first one that is refused, for reading and for
            posting. Compared as above.
            """,
            tables,
            []
        );
    }

    private static async Task<List<ConformanceRow>> PlayAsync(string config, bool byUser)
    {
        var rows = new List<ConformanceRow>();
        var options = RecordedScenario.Options;
        await using var scenario = await RecordedScenario.StartAsync(
            options with
            {
                RateLimit = new SandboxRateLimit
                {
                    PerSecond = 1,
                    MaxBurst = 2,
                    VaryByUser = byUser,
                },
            }
        );
        using var player = new RequestPlayer(scenario.Sandbox.MattermostUri, scenario.Ids, scenario.Tokens);
        // Opening the websockets counted too.
        ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)scenario.Sandbox.Options.TimeProvider).Advance(
            TimeSpan.FromSeconds(10)
        );
        foreach (var name in new[] { "200-with-headers", "429", "429-post" })
        {
            var call = RecordedCall.Load(Recorded.Folder, $"rest-ratelimit-{name}-{config}");
            Answered answered;
            var asked = 0;
            do answered = await player.PlayAsync(call);
            while (
                ++asked < 3
                && (
                    answered.Status != call.Status
                    || answered.Headers.GetValueOrDefault("X-Ratelimit-Remaining")?[0] != '0'
                )
            );
            rows.Add(
                RestReplay.Compare(
                    call,
                    call,
                    answered,
                    new BodyComparison(new IdMap(), scenario.Sandbox.MattermostUri)
                )
            );
        }
        return rows;
    }
}
