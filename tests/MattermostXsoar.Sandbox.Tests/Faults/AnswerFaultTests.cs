using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>The effect of a fault on a call, the same if it was added in-process or over HTTP.</summary>
[Trait("Category", "Fault")]
public sealed class AnswerFaultTests : IAsyncLifetime
{
    private const string Ping = "/api/v4/system/ping";

    private readonly WaitClock _clock = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
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
    public async Task A_delayed_answer_is_sent_after_the_delay(bool overHttp)
    {
        await PlantAsync(
            overHttp,
            new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(5) },
            """{"kind":"Delay","delay":5}"""
        );
        var asked = _client.GetAsync(Ping);
        Assert.Equal(
            0,
            (await _sandbox.Calls.WaitForAsync(it => it.Path == Ping, TestContext.Current.CancellationToken)).Status
        );
        Assert.False(asked.IsCompleted);
        await _clock.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await asked).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stalled_call_is_recorded_and_never_answered(bool overHttp)
    {
        await PlantAsync(overHttp, new Fault { Kind = FaultKind.Stall }, """{"kind":"stall"}""");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var stalled = http.GetAsync(new Uri(_sandbox.MattermostUri, Ping), cancel.Token);
        await _sandbox.Calls.WaitForAsync(call => call.Path == Ping, TestContext.Current.CancellationToken);
        Assert.False(stalled.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stalled);
        Assert.Equal(200, (await _client.GetAsync(Ping)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_status_replaces_the_answer_and_the_call_is_not_handled(bool overHttp)
    {
        await PlantAsync(
            overHttp,
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "^/entry",
                Kind = FaultKind.Status,
                Status = 503,
                RetryAfter = "7",
                Body = "busy",
            },
            """{"server":"xsoar","method":"POST","path":"^/entry","kind":"Status","status":503,"retryAfter":"7","body":"busy"}"""
        );
        var reply = await SayAsync();
        Assert.Equal((503, "busy", "7"), (reply.Status, reply.Text, reply.Headers["Retry-After"]));
        Assert.Empty(_sandbox.Xsoar.Entries("1"));
        Assert.Equal(1, (await SayAsync()).Status / 200);
    }

    [Theory]
    [InlineData(RateLimitStyle.Mattermost, "3", "3", "limit exceeded\n")]
    [InlineData(RateLimitStyle.MattermostDoubled, "3", "3, 3", "limit exceeded\n")]
    [InlineData(RateLimitStyle.RetryAfterSeconds, "3", null, "limit exceeded\n")]
    [InlineData(RateLimitStyle.RetryAfterDate, "Sat, 31 Jan 2026 12:00:03 GMT", null, "limit exceeded\n")]
    [InlineData(RateLimitStyle.RateLimitReset, null, "3", "limit exceeded\n")]
    [InlineData(RateLimitStyle.NoHeaders, null, null, "")]
    [InlineData(RateLimitStyle.Json, "3", null, "\"status_code\":429")]
    [InlineData(RateLimitStyle.Xsoar, null, null, "\"title\":\"Too many requests\"")]
    public async Task A_rate_limit_gives_the_time_to_wait_in_each_style(
        RateLimitStyle style,
        string? retryAfter,
        string? reset,
        string text
    )
    {
        foreach (var overHttp in new[] { false, true })
        {
            await PlantAsync(
                overHttp,
                new Fault
                {
                    Kind = FaultKind.RateLimit,
                    Limit = style,
                    Wait = TimeSpan.FromSeconds(3),
                },
                $$"""{"kind":"RateLimit","limit":"{{style}}","wait":3}"""
            );
            var limited = await _client.GetAsync(Ping);
            Assert.Equal(429, limited.Status);
            Assert.Equal(
                (retryAfter, reset),
                (
                    limited.Headers.GetValueOrDefault("Retry-After"),
                    limited.Headers.GetValueOrDefault("X-Ratelimit-Reset")
                )
            );
            Assert.Contains(text, limited.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rate_limit_as_recorded_has_the_recorded_headers()
    {
        _sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.RateLimit,
                Limit = RateLimitStyle.Mattermost,
                Wait = TimeSpan.FromSeconds(3),
            }
        );
        var limited = await _client.GetAsync(Ping);
        var recorded = Recorded.Load("rest-ratelimit-429-by-user");
        Assert.Equal(recorded.GetProperty("body").GetString(), limited.Text);
        foreach (
            var header in recorded
                .GetProperty("headers")
                .EnumerateObject()
                .Where(static it => it.Name is not ("Date" or "Retry-After"))
        )
            Assert.Equal(header.Value.GetString(), limited.Headers[header.Name]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rate_limit_sends_headers_unchanged(bool overHttp)
    {
        await PlantAsync(
            overHttp,
            new Fault
            {
                Kind = FaultKind.RateLimit,
                RetryAfter = "soon",
                RateLimitReset = "3, 3",
            },
            """{"kind":"RateLimit","retryAfter":"soon","rateLimitReset":"3, 3"}"""
        );
        var limited = await _client.GetAsync(Ping);
        Assert.Equal(
            (429, "limit exceeded\n", "soon", "3, 3"),
            (limited.Status, limited.Text, limited.Headers["Retry-After"], limited.Headers["X-Ratelimit-Reset"])
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_login_page_replaces_an_answer(bool overHttp)
    {
        await PlantAsync(
            overHttp,
            new Fault { Server = "xsoar", Kind = FaultKind.Html },
            """{"server":"xsoar","kind":"Html"}"""
        );
        var page = await _client.XsoarAsync("GET", "/about");
        Assert.Equal(200, page.Status);
        Assert.StartsWith("text/html", page.Headers["Content-Type"], StringComparison.Ordinal);

        await PlantAsync(
            overHttp,
            new Fault { Server = "xsoar", Kind = FaultKind.LoginRedirect },
            """{"server":"xsoar","kind":"LoginRedirect"}"""
        );
        var redirect = await _client.XsoarAsync("GET", "/about");
        Assert.Equal(
            (302, new Uri(_sandbox.XsoarUri, "/login").ToString()),
            (redirect.Status, redirect.Headers["Location"])
        );
    }

    [Theory]
    [InlineData(FaultKind.ActThenDrop, 1)]
    [InlineData(FaultKind.CutBody, 1)]
    [InlineData(FaultKind.CutHeaders, 1)]
    [InlineData(FaultKind.Drop, 0)]
    public async Task Answers_are_lost_after_or_before_the_call_is_handled(FaultKind kind, int entries)
    {
        foreach (var overHttp in new[] { false, true })
        {
            var before = _sandbox.Xsoar.Entries("1").Count;
            await PlantAsync(
                overHttp,
                new Fault
                {
                    Server = "xsoar",
                    PathPattern = "^/entry/formatted$",
                    Kind = kind,
                },
                $$"""{"server":"xsoar","path":"^/entry/formatted$","kind":"{{kind}}"}"""
            );
            await Assert.ThrowsAnyAsync<HttpRequestException>(SayAsync);
            Assert.Equal(before + entries, _sandbox.Xsoar.Entries("1").Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gateway_times_out_after_the_call_is_handled(bool overHttp)
    {
        await PlantAsync(
            overHttp,
            new Fault
            {
                Server = "xsoar",
                Kind = FaultKind.ActThenStatus,
                Status = 504,
            },
            """{"server":"xsoar","kind":"ActThenStatus","status":504}"""
        );
        Assert.Equal(504, (await SayAsync()).Status);
        Assert.Single(_sandbox.Xsoar.Entries("1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_handled_and_its_answer_is_never_sent(bool overHttp)
    {
        await PlantAsync(
            overHttp,
            new Fault { Server = "xsoar", Kind = FaultKind.ActThenStall },
            """{"server":"xsoar","kind":"ActThenStall"}"""
        );
        var asked = SayAsync();
        await _sandbox.Xsoar.WhenAsync(world => world.Entries("1").Count == 1, TestContext.Current.CancellationToken);
        Assert.False(asked.IsCompleted);
        await _sandbox.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asked);
    }

    private Task PlantAsync(bool overHttp, Fault fault, string json) =>
        new FaultCase(fault, json).PlantAsync(_sandbox, _client, overHttp);

    private Task<Reply> SayAsync() =>
        _client.XsoarAsync(
            "POST",
            "/entry/formatted",
            new
            {
                investigationId = "1",
                format = "text",
                contents = "x",
            }
        );
}
