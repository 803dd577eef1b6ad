using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>A sandbox with the recorder's people, whose clock only the test advances.</summary>
internal sealed class SessionStage : IAsyncDisposable
{
    private readonly List<RawSocket> _sockets = [];

    private SessionStage(SandboxServer sandbox, FakeTimeProvider clock)
    {
        Sandbox = sandbox;
        Clock = clock;
        Client = new SandboxClient(sandbox);
        sandbox.Mattermost.CreateUser("plainbot", "Plain Bot", isBot: true);
        sandbox.Mattermost.AddToTeam(sandbox.TeamName, "plainbot");
        PlainBotToken = sandbox.Mattermost.CreateToken("plainbot");
    }

    public SandboxServer Sandbox { get; }

    public FakeTimeProvider Clock { get; }

    public SandboxClient Client { get; }

    /// <summary>The token of a bot that is not an administrator.</summary>
    public string PlainBotToken { get; }

    public static async Task<SessionStage> StartAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 14, 43, 0, TimeSpan.Zero));
        return new SessionStage(
            await SandboxServer.StartAsync(OlderServer.Options with { TimeProvider = clock }),
            clock
        );
    }

    /// <summary>Connects without authenticating, and waits until the server has accepted the connection.</summary>
    public async Task<RawSocket> ConnectAsync(string? headerToken = null, bool answersPings = true)
    {
        var before = Sandbox.Mattermost.SocketCount;
        var socket = await RawSocket.ConnectAsync(Sandbox.MattermostUri, Clock, headerToken, answersPings);
        _sockets.Add(socket);
        await Sandbox.Mattermost.WhenSocketsAsync(count => count > before, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Connects and authenticates by challenge.</summary>
    public async Task<RawSocket> OpenAsync(string token, bool answersPings = true)
    {
        var socket = await ConnectAsync(answersPings: answersPings);
        await socket.SendAsync($$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{token}}}"}}""");
        return socket;
    }

    /// <summary>A connection attempt while nothing listens.</summary>
    public async Task<RawSocket> ConnectInVainAsync()
    {
        var socket = await RawSocket.ConnectAsync(Sandbox.MattermostUri, Clock);
        _sockets.Add(socket);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var socket in _sockets)
            await socket.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
