using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>An upgrade request that goes over the server's rate limit.</summary>
internal static class LimitedUpgrade
{
    public static async Task<ConformanceRow> PlayAsync()
    {
        var call = RecordedCall.Load(Recorded.Folder, "ws-upgrade-429-ratelimited");
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var sandbox = await SandboxServer.StartAsync(
            OlderServer.Options with
            {
                TimeProvider = clock,
                RateLimit = new SandboxRateLimit { PerSecond = 1, MaxBurst = 2 },
            }
        );
        using var http = new HttpClient { BaseAddress = sandbox.MattermostUri };
        for (var allowed = 0; allowed < 3; allowed++)
            (
                await http.GetAsync(
                    new Uri("/api/v4/system/ping", UriKind.Relative),
                    TestContext.Current.CancellationToken
                )
            ).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v4/websocket")
        {
            Headers =
            {
                { "Connection", "Upgrade" },
                { "Upgrade", "websocket" },
                { "Sec-WebSocket-Version", "13" },
                { "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==" },
            },
        };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(
                static it => it.Key,
                static it => string.Join(", ", it.Value),
                StringComparer.OrdinalIgnoreCase
            );
        var answered = new Answered(
            (int)response.StatusCode,
            headers,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
        );
        return RestReplay.Compare(call, call, answered, new BodyComparison(new IdMap(), sandbox.MattermostUri)) with
        {
            What = "an upgrade over the rate limit",
        };
    }
}
