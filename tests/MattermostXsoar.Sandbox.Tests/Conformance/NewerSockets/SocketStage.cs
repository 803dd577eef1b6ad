using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>A sandbox of 11.6 with the recorder's people, whose clock only the test advances.</summary>
internal sealed class SocketStage : IAsyncDisposable
{
    private readonly List<RawSocket> _sockets = [];
    private readonly Dictionary<string, string> _tokens = [];

    private SocketStage(SandboxServer sandbox, FakeTimeProvider clock)
    {
        (Sandbox, Clock) = (sandbox, clock);
        Client = new SandboxClient(sandbox);
        World.CreateUser("plainbot", "plainbot", isBot: true);
        foreach (var username in new[] { "user1", "plainbot", "xsoarbot" })
            World.AddToTeam(sandbox.TeamName, username);
        _tokens["admin"] = sandbox.PersonalToken;
        _tokens["xsoarbot"] = sandbox.BotToken;
    }

    public SandboxServer Sandbox { get; }

    public FakeTimeProvider Clock { get; }

    public SandboxClient Client { get; }

    public MattermostWorld World => Sandbox.Mattermost;

    public static async Task<SocketStage> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 6, 30, 0, TimeSpan.Zero));
        var options = new SandboxOptions
        {
            MattermostVersion = "11.6.0",
            TimeProvider = clock,
            BotIsSystemAdmin = true,
            DeveloperMode = false,
        };
        return new SocketStage(await SandboxServer.StartAsync(change?.Invoke(options) ?? options), clock);
    }

    /// <summary>A token of an account, the same each time.</summary>
    public string Token(string username) =>
        _tokens.TryGetValue(username, out var token) ? token : _tokens[username] = World.CreateToken(username);

    /// <summary>A private channel of the recorder.</summary>
    public string Room(string name, params string[] members)
    {
        var channel = World.CreateChannel("admin", name, "Room", "P");
        foreach (var member in members)
            World.AddMember(channel.Id, member);
        return channel.Id;
    }

    /// <summary>Connects, and waits until the server has accepted or refused the connection.</summary>
    public async Task<RawSocket> ConnectAsync(
        string? token = null,
        string query = "",
        string headers = "",
        bool answersPings = true
    )
    {
        var before = World.SocketCount;
        var socket = await RawSocket.ConnectAsync(Sandbox.MattermostUri, Clock, token, answersPings, query, headers);
        _sockets.Add(socket);
        await socket.UntilAsync(static sight => sight.Kind is "open" or "refused" or "close");
        if (socket.Sights.Any(static sight => sight.Kind == "open"))
            await socket.UntilAsync(() =>
                World.SocketCount > before || socket.Sights.Any(static sight => sight.Kind == "close")
            );
        return socket;
    }

    /// <summary>Ends a connection without a close frame, and waits until the server has noticed.</summary>
    public async Task DropAsync(RawSocket socket)
    {
        var before = World.SocketCount;
        socket.Drop();
        await World.WhenSocketsAsync(count => count < before, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var socket in _sockets)
            await socket.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
