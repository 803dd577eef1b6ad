using System.Net.WebSockets;
using System.Text.Json;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Api;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Microsoft.AspNetCore.Connections;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>One websocket from its upgrade to its end. An abnormal end is a dropped TCP connection: clients report
/// 1006.</summary>
internal sealed class SocketSession(
    MattermostWorld world,
    SandboxOptions options,
    FaultSet faults,
    FreezeGate freeze,
    HttpContext http,
    (WebSocket Socket, PingStream Stream) upgraded
)
{
    /// <summary>The largest message of a client, in bytes: <c>SocketMaxMessageSizeKb</c> in the server's
    /// source.</summary>
    private const int MostBytes = 8 * 1024;

    /// <summary>Stands in the queue of a connection whose reader is too slow, behind what is still sent.</summary>
    public static readonly object TooSlow = new();

    // RFC 6455, section 5.5.1: a close frame without a status, which clients report as 1005.
    private static readonly byte[] BareClose = [0x88, 0x00];

    private readonly CancellationTokenSource _life = CancellationTokenSource.CreateLinkedTokenSource(
        http.RequestAborted
    );
    private readonly SocketActions _actions = new(world, options);
    private readonly FrameFaults _frames = new(faults, options.TimeProvider);
    private readonly WebSocket _socket = upgraded.Socket;
    private readonly SocketVersion _version = world.Version.Sockets;
    private ConnectionState? _connection;
    private SandboxUser? _user;
    private string? _token;
    private Task _sending = Task.CompletedTask;
    private volatile bool _mute;

    /// <summary>Ends the socket without a close frame. Frames that were sent before still arrive, as with a process
    /// that ends.</summary>
    public void Abort()
    {
        try
        {
            _life.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    public async Task RunAsync(SandboxUser? user)
    {
        await using var check = options.TimeProvider.CreateTimer(
            _ => DropUnlessAuthenticated(),
            null,
            options.UnauthenticatedTimeout,
            Timeout.InfiniteTimeSpan
        );
        var keepAlive = new KeepAlive(upgraded.Stream, freeze, options.TimeProvider, () => _mute, Abort).RunAsync(
            _life.Token
        );
        world.Hub.Opened(this);
        try
        {
            // A wrong token on the upgrade counts as none: recorded as a socket that stays silent until it is dropped.
            if (user is not null)
                Authenticate(user, SocketUpgrade.Token(http, _version)!, null);
            // The reading side is not cancelled: cancelling it resets the connection, and the client would lose frames
            // that are still in transit.
            var receiving = ReceiveAsync();
            await Task.WhenAny(receiving, Task.Delay(Timeout.InfiniteTimeSpan, options.TimeProvider, _life.Token));
            if (receiving.IsCompleted)
                await receiving;
            else
                _ = receiving.ContinueWith(
                    static it => it.Exception,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously
                );
        }
        catch (Exception error)
            when (error is WebSocketException or OperationCanceledException or IOException or ConnectionAbortedException
            )
        {
            // The end of a socket is not an error here.
        }
        finally
        {
            await _life.CancelAsync();
            world.Disconnected(this, _connection);
            await _sending;
            await keepAlive;
            _life.Dispose();
        }
    }

    /// <remarks>The server checks once, some seconds after the opening; an account that was deactivated by then counts
    /// as none.</remarks>
    private void DropUnlessAuthenticated()
    {
        if (_user is not { DeleteAt: 0 } || _connection is { } connection && world.Hub.IsMuted(connection))
            Abort();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        while (_socket.State == WebSocketState.Open)
        {
            var length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += result.Count;
                if (length > MostBytes)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "", _life.Token);
                    return;
                }
            } while (!result.EndOfMessage);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", _life.Token);
                return;
            }
            await freeze.WaitAsync(_life.Token);
            if (_mute)
                continue;
            if (
                Json.TryParse(buffer.AsMemory(0, length)) is not { ValueKind: JsonValueKind.Object } message
                || !Handle(message)
            )
            {
                Abort();
                return;
            }
        }
    }

    /// <summary>False if the connection is to be dropped.</summary>
    private bool Handle(JsonElement message)
    {
        var action = message.Text("action") ?? "";
        if (action == "authentication_challenge")
        {
            // With a token on the upgrade the challenge gets no answer, unless that token is no longer valid.
            if (_connection is { } known && !world.Hub.IsMuted(known))
                return true;
            var token = message.TryGetProperty("data", out var data) ? data.Text("token") : null;
            if (token is null || world.FindByToken(token) is not { } user)
                return false;
            Authenticate(user, token, SocketActions.Sequence(message));
            return true;
        }
        if (!SocketActions.HasReadableSequence(message))
            return false;
        if (
            _connection is { } connection
            && _actions.Reply(connection.UserId, _token!, world.Hub.IsMuted(connection), action, message) is { } reply
        )
            connection.Outgoing.Writer.TryWrite(reply);
        return true;
    }

    /// <remarks>A connection can resume only with a token on the upgrade request: without it the server creates a new
    /// id.</remarks>
    private void Authenticate(SandboxUser user, string token, long? challenge)
    {
        (_user, _token) = (user, token);
        if (_connection is { } muted)
        {
            Revive(muted, user, token, challenge ?? 0);
            return;
        }
        var query = http.Request.Query;
        var resumeId = challenge is null ? query["connection_id"].ToString() : null;
        var isNumbered = long.TryParse(query["sequence_number"], out var awaited);
        if (_version.ChecksResume && resumeId is { Length: > 0 } && !(Ids.IsValid(resumeId) && isNumbered))
        {
            Abort();
            return;
        }
        world.Connected(
            user,
            () =>
            {
                var connection = world.Hub.Register(
                    this,
                    user,
                    token,
                    resumeId,
                    name => faults.ForResume(name) is not null,
                    out var resumed
                );
                _connection = connection;
                var replay = resumed ? Replay(connection, awaited) : null;
                if (!resumed)
                    connection.Outgoing.Writer.TryWrite(SocketActions.Hello(connection, world));
                if (challenge is { } sequence)
                    connection.Outgoing.Writer.TryWrite(SocketActions.Ok(sequence));
                _sending = SendAsync(connection, replay);
            }
        );
        world.Hub.Announce();
    }

    /// <summary>As recorded: the connection goes on with its id and its numbers, and what it did not get is
    /// lost.</summary>
    private void Revive(ConnectionState connection, SandboxUser user, string token, long sequence)
    {
        world.Connected(
            user,
            () =>
            {
                (connection.Token, connection.IsMuted) = (token, false);
                connection.Outgoing.Writer.TryWrite(SocketActions.Hello(connection, world));
                connection.Outgoing.Writer.TryWrite(SocketActions.Ok(sequence));
            }
        );
        world.Hub.Announce();
    }

    private IReadOnlyList<(long Sequence, ServerEvent Event)>? Replay(ConnectionState connection, long awaited)
    {
        if (awaited == 0)
        {
            // As recorded: counted anew, and nothing that was written comes again.
            connection.Sent.Clear();
            connection.Sequence = 0;
            return null;
        }
        if (connection.Sent.From(awaited) is { } missed)
            return missed;
        if (!connection.Sent.HasLoss(awaited))
            return null;
        // Frames are lost: the server tells the client by a hello with a new id.
        connection.Sent.Clear();
        connection.ConnectionId = Ids.New();
        connection.Sequence = 0;
        var hello = SocketActions.Hello(connection, world);
        connection.Sequence = 1;
        connection.Sent.Add(0, hello);
        return [(0, hello)];
    }

    private async Task SendAsync(ConnectionState connection, IReadOnlyList<(long Sequence, ServerEvent Event)>? replay)
    {
        await Task.Yield();
        try
        {
            foreach (var (sequence, item) in replay ?? [])
                await SendFrameAsync(item.Frame(sequence, _version));
            var reader = connection.Outgoing.Reader;
            while (await reader.WaitToReadAsync(_life.Token))
            {
                while (
                    !_life.IsCancellationRequested && !_mute && connection.TryTake(this, out var item, out var sequence)
                )
                {
                    if (item is ServerEvent news)
                        await SendEventAsync(news, sequence);
                    else if (item == TooSlow)
                        await CloseBareAsync();
                    else
                        await SendFrameAsync((byte[])item);
                }
                if (_mute)
                    await Task.Delay(Timeout.InfiniteTimeSpan, options.TimeProvider, _life.Token);
            }
        }
        catch (Exception error)
            when (error
                    is WebSocketException
                        or OperationCanceledException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // The reading side notices the same end and cleans up.
        }
    }

    private async Task SendEventAsync(ServerEvent item, long sequence)
    {
        switch (await _frames.SendAsync(item.Name, item.Frame(sequence, _version), SendFrameAsync, _life.Token))
        {
            case FaultKind.WebSocketCut:
                Abort();
                break;
            case FaultKind.WebSocketFreeze:
                _mute = true;
                break;
        }
    }

    private async Task CloseBareAsync()
    {
        await upgraded.Stream.WriteAsync(BareClose, _life.Token);
        await upgraded.Stream.FlushAsync(_life.Token);
        Abort();
    }

    private async Task SendFrameAsync(byte[] frame)
    {
        await freeze.WaitAsync(_life.Token);
        if (_version.WriteTimeout == Timeout.InfiniteTimeSpan)
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, true, _life.Token);
            return;
        }
        await using var deadline = options.TimeProvider.CreateTimer(
            static it => ((SocketSession)it!).Abort(),
            this,
            _version.WriteTimeout,
            Timeout.InfiniteTimeSpan
        );
        await _socket.SendAsync(frame, WebSocketMessageType.Text, true, _life.Token);
    }
}
