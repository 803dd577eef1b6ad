using System.Globalization;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>Faults of whole servers, the same in-process and over HTTP.</summary>
[Trait("Category", "Fault")]
public sealed class ServerFaultTests : IAsyncLifetime
{
    private const string Me = "/api/v4/users/me";

    private readonly WaitClock _clock = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TimeProvider = _clock, ReliableWebSockets = true }
        );
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task A_restart_keeps_or_loses_the_state_and_the_tokens_stay_valid(bool overHttp, bool keepState)
    {
        _sandbox.Mattermost.Post("user1", "test", "before");
        _sandbox.Xsoar.AddEntry("1", "jane", "before");
        var me = (await _client.GetAsync(Me, _sandbox.BotToken))["id"];
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);

        if (overHttp)
            Assert.Equal(200, (await _client.PostAsync("/sandbox/restart", new { keepState })).Status);
        else
            await _sandbox.RestartAsync(keepState: keepState, cancellationToken: TestContext.Current.CancellationToken);
        await _sandbox.WhenRestartedAsync(1, TestContext.Current.CancellationToken);

        await socket.AssertDropsAsync();
        var now = await _client.GetAsync(Me, _sandbox.BotToken);
        Assert.Equal(200, now.Status);
        Assert.Equal(keepState, me == now["id"]);
        Assert.Equal(keepState ? 1 : 0, _sandbox.Mattermost.Messages("test").Count);
        Assert.Equal(keepState ? 1 : 0, _sandbox.Xsoar.Entries("1").Count);
        Assert.Equal(200, (await _client.XsoarAsync("GET", "/user")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task For_a_while_nothing_listens(bool overHttp)
    {
        var away = TimeSpan.FromSeconds(61);
        var restarting = Task.CompletedTask;
        if (overHttp)
            Assert.Equal(200, (await _client.PostAsync("/sandbox/restart?seconds=61", null)).Status);
        else
            restarting = _sandbox.RestartAsync(away, cancellationToken: TestContext.Current.CancellationToken);
        await _clock.BegunAsync(away);
        Assert.Null(await TryAsync());

        var up = _sandbox.WhenRestartedAsync(1, TestContext.Current.CancellationToken);
        Assert.False(up.IsCompleted);
        _clock.Advance(away);
        await up;
        await restarting;
        Assert.Equal(200, (await _client.GetAsync(Me)).Status);
    }

    [Theory]
    [InlineData(false, -7200)]
    [InlineData(true, -7200)]
    [InlineData(false, 86400)]
    [InlineData(true, 86400)]
    public async Task Each_servers_clock_is_set_while_it_runs(bool overHttp, int seconds)
    {
        var skew = TimeSpan.FromSeconds(seconds);
        var first = _sandbox.Xsoar.AddEntry("1", "jane", "by the right clock");
        if (overHttp)
            Assert.Equal(200, (await _client.SendAsync("PUT", "/sandbox/clock", new { xsoar = seconds })).Status);
        else
            _sandbox.XsoarClockSkew = skew;

        var entry = _sandbox.Xsoar.AddEntry("1", "jane", "by the wrong clock");
        var post = _sandbox.Mattermost.Post("user1", "test", "by the right clock");
        Assert.Equal(skew.TotalSeconds, (entry.Created - first.Created).TotalSeconds, 3);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), post.CreateAt);
        var date = DateTimeOffset.Parse(
            (await _client.XsoarAsync("GET", "/about")).Headers["Date"],
            CultureInfo.InvariantCulture
        );
        Assert.Equal(_clock.GetUtcNow() + skew, date);

        if (overHttp)
            await _client.SendAsync("PUT", "/sandbox/clock", new { mattermost = seconds, xsoar = 0 });
        else
            (_sandbox.MattermostClockSkew, _sandbox.XsoarClockSkew) = (skew, TimeSpan.Zero);
        post = _sandbox.Mattermost.Post("user1", "test", "by the wrong clock");
        Assert.Equal((_clock.GetUtcNow() + skew).ToUnixTimeMilliseconds(), post.CreateAt);
        Assert.Equal(
            0,
            (_sandbox.Xsoar.AddEntry("1", "jane", "right again").Created - _clock.GetUtcNow()).TotalSeconds,
            3
        );
    }

    [Theory]
    [InlineData(SandboxToken.Bot, "bot")]
    [InlineData(SandboxToken.Personal, "personal")]
    [InlineData(SandboxToken.XsoarApiKey, "xsoar")]
    public async Task Secrets_are_revoked_restored_and_renewed(SandboxToken token, string name)
    {
        foreach (var overHttp in new[] { false, true })
        {
            var secret = Secret(token);
            Assert.Equal(200, await StatusAsync(token, secret));
            if (overHttp)
                await _client.PostAsync($"/sandbox/tokens/{name}/revoke", null);
            else
                _sandbox.Tokens.Revoke(token);
            Assert.Equal(token == SandboxToken.XsoarApiKey ? 403 : 401, await StatusAsync(token, secret));
            if (overHttp)
                await _client.PostAsync($"/sandbox/tokens/{name}/restore", null);
            else
                _sandbox.Tokens.Restore(token);
            Assert.Equal(200, await StatusAsync(token, secret));

            var renewed = overHttp
                ? (await _client.PostAsync($"/sandbox/tokens/{name}/renew", null))["token"]
                : _sandbox.Tokens.Renew(token);
            Assert.NotEqual(200, await StatusAsync(token, secret));
            Assert.Equal(200, await StatusAsync(token, renewed));
            Assert.Equal(renewed, Secret(token));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frozen_server_answers_when_it_is_thawed(bool overHttp)
    {
        if (overHttp)
            await _client.PostAsync("/sandbox/freeze", null);
        else
            _sandbox.Freeze();
        var asked = _client.GetAsync(Me);
        await _sandbox.WhenWaitedInFreezeAsync(1, TestContext.Current.CancellationToken);
        Assert.False(asked.IsCompleted);
        if (overHttp)
            await _client.PostAsync("/sandbox/thaw", null);
        else
            _sandbox.Thaw();
        Assert.Equal(200, (await asked).Status);
    }

    private string Secret(SandboxToken token) =>
        token switch
        {
            SandboxToken.Bot => _sandbox.BotToken,
            SandboxToken.Personal => _sandbox.PersonalToken,
            _ => _sandbox.XsoarApiKey,
        };

    private async Task<int> StatusAsync(SandboxToken token, string secret) =>
        (
            token == SandboxToken.XsoarApiKey
                ? await _client.XsoarAsync("GET", "/user", key: secret)
                : await _client.GetAsync(Me, secret)
        ).Status;

    private async Task<Reply?> TryAsync()
    {
        try
        {
            return await _client.GetAsync(Me);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
