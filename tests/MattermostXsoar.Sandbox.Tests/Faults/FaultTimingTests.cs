using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>Which calls a fault hits: by route, by count, by time.</summary>
[Trait("Category", "Fault")]
public sealed class FaultTimingTests : IAsyncLifetime
{
    private const string Ping = "/api/v4/system/ping";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = _clock });
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_waits_hits_and_is_used_up(bool overHttp)
    {
        var fault = new Fault
        {
            Server = "mattermost",
            Method = "GET",
            PathPattern = "ping$",
            Skip = 1,
            Count = 2,
            Kind = FaultKind.Status,
            Status = 503,
        };
        await new FaultCase(
            fault,
            """{"server":"mattermost","method":"get","path":"ping$","skip":1,"count":2,"kind":"Status","status":503}"""
        ).PlantAsync(_sandbox, _client, overHttp);
        Assert.Equal(200, (await _client.GetAsync("/api/v4/users/me")).Status);
        Assert.Equal(200, (await _client.XsoarAsync("GET", "/about")).Status);
        await AssertPingsAsync(200, 503, 503, 200);
        Assert.Empty(_sandbox.Faults.Pending);
        if (!overHttp)
            Assert.Equal(2, fault.Hits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_hits_everything_between_two_times(bool overHttp)
    {
        var now = _clock.GetUtcNow();
        var fault = new Fault
        {
            Kind = FaultKind.Status,
            From = now.AddSeconds(10),
            Until = now.AddSeconds(20),
        };
        await new FaultCase(
            fault,
            """{"kind":"Status","from":"2026-01-31T12:00:10Z","until":"2026-01-31T12:00:20Z"}"""
        ).PlantAsync(_sandbox, _client, overHttp);
        await AssertPingsAsync(200);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await AssertPingsAsync(500, 500, 500);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await AssertPingsAsync(200);
        Assert.Empty(_sandbox.Faults.Pending);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_lasts_for_a_span(bool overHttp)
    {
        await new FaultCase(
            new Fault { Kind = FaultKind.Status, For = TimeSpan.FromSeconds(30) },
            """{"kind":"Status","for":"00:00:30"}"""
        ).PlantAsync(_sandbox, _client, overHttp);
        await AssertPingsAsync(500, 500);
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        await AssertPingsAsync(500);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await AssertPingsAsync(200);
    }

    [Fact]
    public async Task Within_a_span_a_count_still_counts()
    {
        _sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                For = TimeSpan.FromSeconds(30),
                Count = 1,
            }
        );
        await AssertPingsAsync(500, 200);
    }

    [Fact]
    public async Task One_is_removed_and_the_others_stay()
    {
        var first = _sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 501,
                MayNotHappen = "it is only there to be removed",
            }
        );
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 502 });
        Assert.True(_sandbox.Faults.Remove(first.Id));
        Assert.False(_sandbox.Faults.Remove(first.Id));
        await AssertPingsAsync(502, 200);
    }

    [Theory]
    [InlineData("(", 0, 1, 500, "path: ")]
    [InlineData("x", -1, 1, 500, "skip: ")]
    [InlineData("x", 0, 0, 500, "count: ")]
    [InlineData("x", 0, 1, 99, "status: ")]
    public void An_invalid_one_is_refused(string pattern, int skip, int count, int status, string message)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            _sandbox.Faults.Add(
                new Fault
                {
                    Kind = FaultKind.Status,
                    PathPattern = pattern,
                    Skip = skip,
                    Count = count,
                    Status = status,
                }
            )
        );
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Faults.Pending);
    }

    private async Task AssertPingsAsync(params int[] expected)
    {
        var statuses = new List<int>();
        foreach (var _ in expected)
            statuses.Add((await _client.GetAsync(Ping)).Status);
        Assert.Equal(expected, statuses);
    }
}
