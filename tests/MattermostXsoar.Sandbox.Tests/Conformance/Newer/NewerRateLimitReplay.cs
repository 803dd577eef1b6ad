using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>Sends requests to a server of 11.6 with rate limiting until it refuses, and others while it does.</summary>
internal sealed class NewerRateLimitReplay : IConformanceSource
{
    /// <summary>What had changed the accounts that the answers show.</summary>
    private static readonly string[] Before =
    [
        "rest-users-status-custom-set",
        "rest-users-status-custom-remove",
        "rest-users-patch-notify-props",
        "rest-users-patch-locale-and-timezone",
        "rest-users-patch-me",
        "rest-users-update-put",
        "rest-users-image-set",
    ];

    public async Task<ConformanceSection> RunAsync()
    {
        var tables = new List<ConformanceTable>();
        foreach (var (config, byUser) in new[] { ("by-remote-addr", false), ("by-user", true) })
            tables.Add(
                new ConformanceTable(
                    byUser ? "Counted by user" : "Counted by address",
                    "request",
                    await PlayAsync(
                        new SandboxRateLimit
                        {
                            PerSecond = 1,
                            MaxBurst = 2,
                            VaryByUser = byUser,
                        },
                        [
                            $"200-with-headers-{config}",
                            $"429-{config}",
                            $"429-post-{config}",
                            $"ping-while-limited-{config}",
                            $"other-user-while-limited-{config}",
                            $"bad-token-while-limited-{config}",
                        ]
                    )
                )
            );
        tables.Add(
            new ConformanceTable(
                "The limit of logins",
                "request",
                await PlayAsync(new SandboxRateLimit { PerSecond = 1000, MaxBurst = 1000 }, ["429-login"])
            )
        );
        return new ConformanceSection(
            "REST of 11.6: rate limiting",
            """
            Servers that allow one request per second with bursts of two, and one that hardly limits anything but logins. Each
            call is sent until the recorded status is answered. Compared as above.
            """,
            tables,
            []
        )
        {
            Version = "11.6",
        };
    }

    private static async Task<List<ConformanceRow>> PlayAsync(SandboxRateLimit limit, string[] names)
    {
        const int Most = 15;
        await using var scenario = await NewerScenario.StartAsync(NewerScenario.Options with { RateLimit = limit });
        using var player = new RequestPlayer(scenario.Sandbox.MattermostUri, scenario.Ids, scenario.Tokens);
        var clock = (FakeTimeProvider)scenario.Sandbox.Options.TimeProvider;
        foreach (var name in Before)
        {
            await player.PlayAsync(RecordedCall.Load(Recorded.Folder11, name));
            clock.Advance(TimeSpan.FromSeconds(10));
        }
        var rows = new List<ConformanceRow>();
        foreach (var name in names)
        {
            var call = RecordedCall.Load(Recorded.Folder11, "rest-ratelimit-" + name);
            Answered answered;
            var asked = 0;
            do answered = await player.PlayAsync(call);
            while (++asked < Most && (answered.Status != call.Status || !SameRest(call, answered)));
            rows.Add(
                RestReplay.Compare(
                    call,
                    call,
                    answered,
                    new BodyComparison(scenario.Ids, scenario.Sandbox.MattermostUri)
                ) with
                {
                    Explanation = NewerDifferences.Explanation(call.Name),
                }
            );
        }
        return rows;
    }

    /// <summary>Whether as many calls are left as when it was recorded.</summary>
    private static bool SameRest(RecordedCall call, Answered answered) =>
        answered.Headers.GetValueOrDefault("X-Ratelimit-Remaining")
        == call.Headers.First(static it => it.Name == "X-Ratelimit-Remaining").Value;
}
