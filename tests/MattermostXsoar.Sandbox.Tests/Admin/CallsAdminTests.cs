using System.Net;
using System.Text.Json;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Admin;

/// <summary>The record of calls: contents, filters, waiting, removal.</summary>
public sealed class CallsAdminTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { CallCapacity = 50, CallBodyCapacity = 1000 });
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Calls_are_recorded_with_user_and_request()
    {
        await _client.PostAsync("/api/v4/users/usernames?x=1", new[] { "user1" }, _sandbox.BotToken);
        var call = Assert.Single(_sandbox.Calls);
        Assert.Equal(
            ("mattermost", "POST", "/api/v4/users/usernames", "?x=1", 200, "[\"user1\"]", "xsoarbot"),
            (call.Server, call.Method, call.Path, call.Query, call.Status, call.Body, call.TokenUser)
        );
        Assert.Equal(1, _sandbox.Calls.CountOf("mattermost", "POST", "usernames", 200));
        _sandbox.Calls.Clear();
        Assert.Equal(0, _sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("?server=xsoar", 1)]
    [InlineData("?method=post", 1)]
    [InlineData("?path=^/api/v4/users", 2)]
    [InlineData("?status=404", 1)]
    [InlineData("?status=200%26server=mattermost", 2)]
    [InlineData("?user=xsoarbot", 1)]
    [InlineData("?after=3", 1)]
    [InlineData("?since=2000-01-01T00:00:00Z", 4)]
    [InlineData("?since=2200-01-01T00:00:00Z", 0)]
    public async Task Calls_are_filtered_by_their_fields(string query, int count)
    {
        await _client.GetAsync("/api/v4/users/me", _sandbox.BotToken);
        await _client.PostAsync("/api/v4/users/usernames", new[] { "user1" });
        await _client.GetAsync("/api/v4/nothing");
        await _client.XsoarAsync("GET", "/about");
        Assert.Equal(
            count,
            (
                await _client.GetAsync("/sandbox/calls" + query.Replace("%26", "&", StringComparison.Ordinal))
            ).Json.GetArrayLength()
        );
    }

    [Fact]
    public async Task They_are_removed_on_demand()
    {
        await _client.GetAsync("/api/v4/users/me");
        Assert.Equal(200, (await _client.SendAsync("DELETE", "/sandbox/calls", null)).Status);
        Assert.Equal("[]", (await _client.GetAsync("/sandbox/calls")).Text);
    }

    [Fact]
    public async Task Another_process_waits_until_enough_calls_were_received()
    {
        var waiting = _client.GetAsync("/sandbox/calls/wait?path=ping&count=2&status=200");
        await _client.GetAsync("/api/v4/system/ping");
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Status });
        await _client.GetAsync("/api/v4/system/ping");
        Assert.False(waiting.IsCompleted);
        await _client.GetAsync("/api/v4/system/ping");
        var calls = (await waiting).Json;
        Assert.Equal([1, 3], calls.EnumerateArray().Select(static it => it.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task A_wait_that_times_out_reports_how_many_were_received()
    {
        await _client.GetAsync("/api/v4/system/ping");
        var reply = await _client.GetAsync("/sandbox/calls/wait?path=ping&count=2&seconds=0");
        Assert.Equal((int)HttpStatusCode.RequestTimeout, reply.Status);
        Assert.Equal("within 0 s only 1 of 2 matching calls were received", reply["message"]);
    }

    [Theory]
    [InlineData("?path=(", "path: it is not a regular expression")]
    [InlineData("?since=yesterday", "since: expected a time such as")]
    [InlineData("?status=ok", "status: expected a number")]
    [InlineData("/wait?count=0", "count: expected a number from 1")]
    public async Task A_wrong_filter_is_reported(string query, string message)
    {
        var reply = await _client.GetAsync("/sandbox/calls" + query);
        Assert.Equal(400, reply.Status);
        Assert.StartsWith(message, reply["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_bodies_are_removed_first_and_old_calls_if_there_are_too_many()
    {
        var long400 = JsonSerializer.Serialize(new[] { new string('x', 400) });
        for (var i = 0; i < 4; i++)
            await _client.PostAsync("/api/v4/users/usernames", long400);
        Assert.Equal([0, 0, long400.Length, long400.Length], _sandbox.Calls.Select(static it => it.Body.Length));
        for (var i = 0; i < 50; i++)
            await _client.GetAsync("/api/v4/system/ping");
        Assert.Equal((50, 54, 5), (_sandbox.Calls.Count, _sandbox.Calls.Total, _sandbox.Calls.First().Number));
    }
}
