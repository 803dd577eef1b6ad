using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Admin;

/// <summary><c>/sandbox/faults</c>, without the effects of the faults.</summary>
public sealed class FaultsAdminTests : IAsyncLifetime
{
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
    public async Task Faults_are_listed_and_removed_by_their_id()
    {
        var first = (
            await _client.PostAsync("/sandbox/faults", """{"kind":"Status","status":503,"path":"ping","count":2}""")
        )["id"];
        var second = (
            await _client.PostAsync("/sandbox/faults", """{"kind":"WebSocketCut","event":"posted","for":60}""")
        )["id"];
        await _client.GetAsync("/api/v4/system/ping");

        var list = (await _client.GetAsync("/sandbox/faults")).Json;
        Assert.Equal([first, second], list.EnumerateArray().Select(it => it.GetProperty("id").GetString()!));
        Assert.Equal(1, list[0].GetProperty("hits").GetInt32());
        Assert.Equal(60, list[1].GetProperty("for").GetDouble());
        Assert.Equal("posted", (await _client.GetAsync("/sandbox/faults/" + second))["event"]);

        Assert.Equal(200, (await _client.SendAsync("DELETE", "/sandbox/faults/" + first, null)).Status);
        Assert.Equal(404, (await _client.SendAsync("DELETE", "/sandbox/faults/" + first, null)).Status);
        Assert.Equal(200, (await _client.GetAsync("/api/v4/system/ping")).Status);
        Assert.Equal(200, (await _client.SendAsync("DELETE", "/sandbox/faults", null)).Status);
        Assert.Equal("[]", (await _client.GetAsync("/sandbox/faults")).Text);
    }

    [Theory]
    [InlineData("""{"status":503}""", "$.kind: is missing")]
    [InlineData("""{"kind":"Stal"}""", "$.kind: expected one of Delay, Stall,", "did you mean Stall?")]
    [InlineData("""{"kind":"Stall","server":"jira"}""", "$.server: ", "\"mattermost\" nor \"xsoar\"")]
    [InlineData("""{"kind":"Stall","path":"("}""", "$.path: ", "regular expression")]
    [InlineData("""{"kind":"Stall","count":0}""", "$.count: expected a whole number from 1 on, found 0")]
    [InlineData("""{"kind":"Stall","count":"2"}""", "$.count: expected a whole number from 1 on, found \\u00222")]
    [InlineData("""{"kind":"Status","status":42}""", "$.status: expected a whole number from 200 to 599, found 42")]
    [InlineData("""{"kind":"Delay"}""", "$.delay: is missing; use seconds")]
    [InlineData("""{"kind":"Delay","delay":"soon"}""", "$.delay: expected seconds as a number")]
    [InlineData("""{"kind":"Stall","until":"tomorrow"}""", "$.until: expected a time such as")]
    [InlineData("""{"kind":"Stall","for":0}""", "$.for: it must be longer than 0")]
    [InlineData("""{"kind":"Stall","for":1,"until":"2026-01-31T12:00:00Z"}""", "$.for: give either for or until")]
    [InlineData("""{"kind":"WebSocketCut","server":"xsoar"}""", "$.server: XSOAR has no websocket")]
    [InlineData(
        """{"kind":"Stall","pth":"x"}""",
        "$.pth: there is no such key, did you mean path?",
        "the keys are kind, path"
    )]
    [InlineData(
        """{"kind":"Html","status":404}""",
        "$.status: Html does not take it; it belongs to Status, ActThenStatus"
    )]
    [InlineData(
        """{"kind":"Stall","delay":3}""",
        "$.delay: Stall does not take it; it belongs to Delay, WebSocketDelay"
    )]
    [InlineData("""{"kind":"Status","event":"posted"}""", "$.event: Status hits calls, not events; use path")]
    [InlineData("""["Stall"]""", "$: expected an object")]
    [InlineData("kind=Stall", "the body is not JSON")]
    public async Task A_malformed_fault_is_reported_with_the_correction(string body, params string[] messages)
    {
        var reply = await _client.PostAsync("/sandbox/faults", body);
        Assert.Equal(400, reply.Status);
        foreach (var message in messages)
            Assert.Contains(
                message.Replace("\\u0022", "\"", StringComparison.Ordinal),
                reply["message"],
                StringComparison.Ordinal
            );
        Assert.DoesNotContain("\\u00", reply.Text, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Faults.Pending);
    }
}
