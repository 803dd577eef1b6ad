using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>A server limits the rate while people talk. How its headers are read: RetryTests, RetryAfterTests.</summary>
[Trait("Category", "Fault")]
public sealed class RateLimitTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(null, null)]
    public async Task A_server_limits_the_rate(string? retryAfter, string? reset)
    {
        await using var scene = await FaultScene.StartAsync(output);
        scene.OnPost(FaultKind.RateLimit, count: 6, skip: 10, retryAfter: retryAfter, reset: reset);
        scene.OnEntry(FaultKind.RateLimit, count: 6, skip: 10, retryAfter: retryAfter, reset: reset);
        await scene.RunAsync();
    }

    [Fact]
    public async Task Both_servers_refuse_everything_for_a_while_because_of_the_rate()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(
            FaultScene.Then(() =>
            {
                scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.RateLimit, Count = 30 });
                scene.Sandbox.CutWebSockets();
            })
        );
    }

    [Theory]
    [InlineData(RateLimitStyle.Mattermost)]
    [InlineData(RateLimitStyle.RetryAfterDate)]
    public async Task The_rate_is_limited_in_each_way_that_servers_have(RateLimitStyle style)
    {
        await using var scene = await FaultScene.StartAsync(output);
        foreach (var server in new[] { "mattermost", "xsoar" })
            scene.Sandbox.Faults.Add(
                new Fault
                {
                    Server = server,
                    Method = "POST",
                    Kind = FaultKind.RateLimit,
                    Limit = style,
                    Count = 4,
                    Skip = 15,
                }
            );
        await scene.RunAsync();
    }
}
