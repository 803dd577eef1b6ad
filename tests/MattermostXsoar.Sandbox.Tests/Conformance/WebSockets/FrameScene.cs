using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>The recorded scenario with the recorder's three connections open.</summary>
internal sealed class FrameScene : IAsyncDisposable
{
    private const long FirstMark = 1000; // above every number that the recorder used

    private readonly RecordedScenario _scenario;
    private readonly RequestPlayer _player;
    private readonly Dictionary<string, (RawSocket Socket, int Taken)> _sockets = [];
    private long _mark = FirstMark;

    private FrameScene(RecordedScenario scenario)
    {
        _scenario = scenario;
        _player = new RequestPlayer(scenario.Sandbox.MattermostUri, scenario.Ids, scenario.Tokens);
    }

    public IdMap Ids => _scenario.Ids;

    public Uri Site => _scenario.Sandbox.MattermostUri;

    public static async Task<FrameScene> StartAsync(SandboxOptions options) =>
        new(await RecordedScenario.StartAsync(options, listens: false));

    /// <summary>Opens the connections as the recorder did: each authenticates when it is open.</summary>
    public async Task OpenAsync()
    {
        foreach (var name in RecordedFrames.Connections)
        {
            var socket = await RawSocket.ConnectAsync(Site, _scenario.Sandbox.Options.TimeProvider);
            _sockets[name] = (socket, 0);
            var token = _scenario.Tokens[name == "bot" ? "xsoarbot token" : $"{name} personal token"];
            await socket.SendAsync(
                $$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{token}}}"}}"""
            );
            await socket.UntilMessagesAsync(2);
        }
    }

    /// <summary>Sends a recorded call, and maps the ids in its answer.</summary>
    public async Task PlayAsync(RecordedCall call)
    {
        var answered = await _player.PlayAsync(call);
        if (answered.Body is [(byte)'{' or (byte)'[', ..])
            new BodyComparison(Ids, Site).Compare("$", call.Body, JsonDocument.Parse(answered.Body).RootElement);
    }

    /// <summary>Sends an action on a connection, with the sandbox's ids in it.</summary>
    public Task SendAsync(string connection, string recordedText) =>
        _sockets[connection].Socket.SendAsync(Ids.Translate(recordedText));

    /// <summary>The frames that the connections have got since the last call, after everything in transit has
    /// arrived.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> TakeAsync()
    {
        var taken = new Dictionary<string, IReadOnlyList<string>>();
        var mark = $"\"seq_reply\":{++_mark},";
        foreach (var (name, (socket, before)) in _sockets.ToArray())
        {
            // The answer to an action arrives after everything that was sent before.
            await socket.SendAsync($$"""{"seq":{{_mark}},"action":"ping"}""");
            await socket.UntilAsync(sight => sight.Text.Contains(mark, StringComparison.Ordinal));
            var texts = socket.Sights.Where(static it => it.Kind == "message").Select(static it => it.Text).ToList();
            taken[name] = [.. texts.Skip(before).Where(text => !text.Contains(mark, StringComparison.Ordinal))];
            _sockets[name] = (socket, texts.Count);
        }
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        _player.Dispose();
        foreach (var (socket, _) in _sockets.Values)
            await socket.DisposeAsync();
        await _scenario.DisposeAsync();
    }
}
