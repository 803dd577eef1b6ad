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

    private readonly CancellationTokenSource _life = CancellationTokenSource.CreateLinkedTokenSource(
        http.RequestAborted
    );
    private readonly SocketActions _actions = new(world, options);
    private readonly FrameFaults _frames = new(faults, options.TimeProvider);
    private readonly WebSocket _socket = upgraded.Socket;
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
                Authenticate(user, MattermostGate.Token(http)!, null);
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
        if (_user is not { DeleteAt: 0 })
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
            // With a token on the upgrade the challenge gets no answer.
            if (_connection is not null)
                return true;
            var token = message.TryGetProperty("data", out var data) ? data.Text("token") : null;
            if (token is null || world.FindByToken(token) is not { } user)
                return false;
            Authenticate(user, token, SocketActions.Sequence(message));
            return true;
        }
        if (_connection is { } connection)
            connection.Outgoing.Writer.TryWrite(_actions.Reply(connection.UserId, _token!, action, message));
        return true;
    }

    /// <remarks>A connection can resume only with a token on the upgrade request: without it the server creates a new
    /// id.</remarks>
    private void Authenticate(SandboxUser user, string token, long? challenge)
    {
        (_user, _token) = (user, token);
        var query = http.Request.Query;
        var resumeId = challenge is null ? query["connection_id"].ToString() : null;
        _ = long.TryParse(query["sequence_number"], out var awaited);
        world.Connected(
            user,
            () =>
            {
                var connection = world.Hub.Register(this, user, resumeId, out var resumed);
                _connection = connection;
                var replay = resumed ? Replay(connection, awaited) : null;
                if (!resumed)
                    connection.Outgoing.Writer.TryWrite(SocketActions.Hello(connection, options));
                if (challenge is { } sequence)
                    connection.Outgoing.Writer.TryWrite(SocketActions.Ok(sequence));
                _sending = SendAsync(connection, replay);
            }
        );
        world.Hub.Announce();
    }

    private IReadOnlyList<(long Sequence, ServerEvent Event)>? Replay(ConnectionState connection, long awaited)
    {
        if (awaited == 0)
            return null;
        if (connection.Sent.From(awaited) is { } missed)
            return missed;
        if (!connection.Sent.HasLoss(awaited))
            return null;
        // Frames are lost: the server tells the client by a hello with a new id.
        connection.Sent.Clear();
        connection.ConnectionId = Ids.New();
        connection.Sequence = 0;
        var hello = SocketActions.Hello(connection, options);
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
                await SendFrameAsync(item.Frame(sequence));
            var reader = connection.Outgoing.Reader;
            while (await reader.WaitToReadAsync(_life.Token))
            {
                while (
                    !_life.IsCancellationRequested && !_mute && connection.TryTake(this, out var item, out var sequence)
                )
                {
                    if (item is ServerEvent news)
                        await SendEventAsync(news, sequence);
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
        switch (await _frames.SendAsync(item.Name, item.Frame(sequence), SendFrameAsync, _life.Token))
        {
            case FaultKind.WebSocketCut:
                Abort();
                break;
            case FaultKind.WebSocketFreeze:
                _mute = true;
                break;
        }
    }

    private async Task SendFrameAsync(byte[] frame)
    {
        await freeze.WaitAsync(_life.Token);
        await _socket.SendAsync(frame, WebSocketMessageType.Text, true, _life.Token);
    }
}
