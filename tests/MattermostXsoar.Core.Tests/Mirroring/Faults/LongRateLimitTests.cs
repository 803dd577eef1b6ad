using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>
/// Both servers limit the rate, or are under maintenance, for minutes, and say how long, or nothing that can be read:
/// the values of the header are tried one by one in RetryAfterTests, what becomes of them in RetryLoopTests.
/// </summary>
[Trait("Category", "Fault")]
public sealed class LongRateLimitTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("3600")]
    public Task Both_servers_limit_the_rate_for_minutes(string? retryAfter) =>
        LongOutage.RunAsync(
            output,
            new Fault
            {
                Count = int.MaxValue,
                Kind = FaultKind.RateLimit,
                RetryAfter = retryAfter,
            },
            Time
        );

    [Theory]
    [InlineData(30)]
    public Task Both_servers_limit_the_rate_until_a_date(int seconds) =>
        LongOutage.RunAsync(
            output,
            new Fault
            {
                Count = int.MaxValue,
                Kind = FaultKind.RateLimit,
                Limit = RateLimitStyle.RetryAfterDate,
                Wait = TimeSpan.FromSeconds(seconds),
            },
            Time
        );

    [Theory]
    [InlineData("3600")]
    public Task Both_servers_are_under_maintenance_and_announce_for_how_long(string retryAfter) =>
        LongOutage.RunAsync(
            output,
            new Fault
            {
                Count = int.MaxValue,
                Kind = FaultKind.Status,
                Status = 503,
                RetryAfter = retryAfter,
            },
            Time
        );
}
