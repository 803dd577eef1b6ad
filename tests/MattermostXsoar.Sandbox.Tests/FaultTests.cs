using System.Net;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

[Trait("Category", "Fault")]
public sealed class FaultTests : IAsyncLifetime
{
    private const string Ping = "/api/v4/system/ping";

    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_fault_waits_hits_and_is_spent()
    {
        var fault = _sandbox.Faults.Add(new Fault { Server = "mattermost", Method = "GET", PathPattern = "ping$", Skip = 1, Count = 2, Kind = FaultKind.Status, Status = 503, RetryAfter = "7" });
        await _client.GetAsync("/api/v4/users/me");
        Assert.Equal(200, (await _client.GetAsync(Ping)).Status);
        Assert.Equal("7", (await _client.GetAsync(Ping)).Headers["Retry-After"]);
        Assert.Equal(503, (await _client.GetAsync(Ping)).Status);
        Assert.Equal(200, (await _client.GetAsync(Ping)).Status);
        Assert.Equal(2, fault.Hits);
        Assert.Empty(_sandbox.Faults.Pending);
    }

    [Fact]
    public async Task Rate_limits_speak_plain_text()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.RateLimit, RetryAfter = "1", RateLimitReset = "3, 3" });
        var limited = await _client.GetAsync(Ping);
        Assert.Equal(429, limited.Status);
        Assert.Equal("limit exceeded\n", limited.Text);
        Assert.Equal("3, 3", limited.Headers["X-Ratelimit-Reset"]);
        Assert.Equal("1", limited.Headers["Retry-After"]);
    }

    [Fact]
    public async Task An_html_page_stands_in_for_an_answer()
    {
        _sandbox.Faults.Add(new Fault { Server = "xsoar", Kind = FaultKind.Html });
        var page = await _client.XsoarAsync("GET", "/about");
        Assert.Equal(200, page.Status);
        Assert.StartsWith("text/html", page.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.ActThenDrop, 1)]
    [InlineData(FaultKind.CutBody, 1)]
    [InlineData(FaultKind.Drop, 0)]
    public async Task Answers_are_lost_after_or_before_the_deed(FaultKind kind, int entries)
    {
        _sandbox.Faults.Add(new Fault { Server = "xsoar", PathPattern = "^/entry/formatted$", Kind = kind });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.XsoarAsync("POST", "/entry/formatted", new { investigationId = "1", format = "text", contents = "x" }));
        Assert.Equal(entries, _sandbox.Xsoar.Entries("1").Count);
    }

    [Fact]
    public async Task A_stalled_call_is_seen_and_never_answered()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var stalled = http.GetAsync(new Uri(_sandbox.MattermostUri, Ping), cancel.Token);
        await _sandbox.Calls.WaitForAsync(call => call.Path == Ping, TestContext.Current.CancellationToken);
        Assert.False(stalled.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stalled);
        Assert.Equal(200, (await _client.GetAsync(Ping)).Status);
    }

    [Fact]
    public async Task Calls_are_recorded_with_who_and_what()
    {
        await _client.PostAsync("/api/v4/users/usernames?x=1", new[] { "user1" }, _sandbox.BotToken);
        var call = Assert.Single(_sandbox.Calls);
        Assert.Equal(("mattermost", "POST", "/api/v4/users/usernames", "?x=1", 200, "[\"user1\"]", "xsoarbot"),
            (call.Server, call.Method, call.Path, call.Query, call.Status, call.Body, call.TokenUser));
        Assert.Equal(1, _sandbox.Calls.CountOf("mattermost", "POST", "usernames", 200));
        _sandbox.Calls.Clear();
        Assert.Equal(0, _sandbox.Calls.Count);
    }

    [Fact]
    public async Task Another_process_steers_it_over_http()
    {
        Assert.Equal(200, (await _client.PostAsync("/sandbox/faults", """{"kind":"Status","status":500,"pathPattern":"ping"}""")).Status);
        Assert.Equal(500, (await _client.GetAsync(Ping)).Status);
        Assert.Equal(201, (await _client.PostAsync("/sandbox/post", new { user = "user1", channel = "test", message = "from outside" })).Status);
        Assert.Equal("from outside", _sandbox.Mattermost.Messages("test")[^1].Message);
        Assert.Equal(201, (await _client.PostAsync("/sandbox/entry", new { investigationId = "1", user = "jane", text = "from outside" })).Status);
        Assert.Equal("jane", Assert.Single(_sandbox.Xsoar.Entries("1")).User);
        Assert.Equal(1, (await _client.GetAsync("/sandbox/calls")).Json.GetArrayLength());
        Assert.Equal(400, (await _client.PostAsync("/sandbox/post", new { user = "nobody", channel = "test", message = "x" })).Status);
        Assert.Equal((int)HttpStatusCode.NotFound, (await _client.GetAsync("/sandbox/nothing")).Status);
    }

    [Fact]
    public async Task Another_process_restarts_it()
    {
        Assert.Equal(200, (await _client.PostAsync("/sandbox/restart", null)).Status);
        await _sandbox.WhenRestartedAsync(1, TestContext.Current.CancellationToken);
        Assert.Equal(200, (await _client.GetAsync(Ping)).Status);
    }
}
