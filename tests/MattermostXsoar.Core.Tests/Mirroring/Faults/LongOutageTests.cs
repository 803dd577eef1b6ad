using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>
/// A server is out for minutes, with the waits of real use on a clock on which a minute takes a second: it is asked
/// seldom, people see why messages wait, and they go on soon after the end.
/// </summary>
[Trait("Category", "Fault")]
public sealed class LongOutageTests(ITestOutputHelper output)
{
    private const double Speed = 60;
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Storm = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("mattermost", 502)]
    [InlineData("mattermost", 503)]
    [InlineData("xsoar", 502)]
    [InlineData("xsoar", 503)]
    [InlineData(null, 503)]
    public Task A_server_answers_with_errors_for_ten_minutes(string? server, int status) =>
        RunAsync(
            new Fault
            {
                Count = int.MaxValue,
                Server = server,
                Kind = FaultKind.Status,
                Status = status,
            },
            Outage
        );

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("30")]
    [InlineData("3600")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("soon")]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    public Task Both_servers_limit_the_rate_for_minutes(string? retryAfter) =>
        RunAsync(
            new Fault
            {
                Count = int.MaxValue,
                Kind = FaultKind.RateLimit,
                RetryAfter = retryAfter,
            },
            Storm
        );

    [Theory]
    [InlineData(30)]
    [InlineData(3600)]
    public Task Both_servers_limit_the_rate_until_a_date(int seconds) =>
        RunAsync(
            new Fault
            {
                Count = int.MaxValue,
                Kind = FaultKind.RateLimit,
                Limit = RateLimitStyle.RetryAfterDate,
                Wait = TimeSpan.FromSeconds(seconds),
            },
            Storm
        );

    [Theory]
    [InlineData("3600")]
    [InlineData("garbage")]
    public Task Both_servers_are_under_maintenance_and_announce_for_how_long(string retryAfter) =>
        RunAsync(
            new Fault
            {
                Count = int.MaxValue,
                Kind = FaultKind.Status,
                Status = 503,
                RetryAfter = retryAfter,
            },
            Storm
        );

    private async Task RunAsync(Fault fault, TimeSpan time)
    {
        var clock = new FastClock(Speed);
        await using var scene = await FaultScene.StartAsync(
            output,
            new SandboxOptions { TimeProvider = clock },
            MirrorHarness.Deadline * 10,
            new MirrorOptions(),
            clock
        );
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Faults.Add(fault);
            var mirror = await scene.Harness.MirrorIsAsync(found => found.LastError is not null);
            output.WriteLine(mirror.LastError!);
            var before = scene.Sandbox.Calls.Total;
            await clock.PassAsync(time, scene.Harness.Token);
            var calls = scene.Sandbox.Calls.Total - before;
            output.WriteLine($"{calls} calls in {time.TotalMinutes} minutes");
            // One mirror: the search, two sides that read and two that deliver, each at most every 7.5 seconds in the
            // end, where reading is four tries of the HTTP layer. More means that somebody does not wait.
            Assert.InRange(calls, 1, (long)(time.TotalSeconds / 7.5 * 14) + 60);
            Assert.NotNull((await scene.Harness.MirrorIsAsync(_ => true)).LastError);
            scene.Sandbox.Faults.Clear();
        });
        await scene.Harness.MirrorIsAsync(found => found is { Pending: 0, Failed: 0, LastError: null });
    }
}
