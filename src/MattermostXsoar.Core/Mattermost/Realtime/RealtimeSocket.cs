using System.Net.WebSockets;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// One open websocket, from the challenge to its end: one loop reads and delivers, another sends the heartbeat and is
/// the only sender.
/// </summary>
internal sealed class RealtimeSocket : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private readonly WebSocket _socket;
    private readonly RealtimeProtocol _protocol;
    private readonly IRealtimeSink _sink;
    private readonly RealtimeOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly MessageReader _reader;
    private readonly long _start;
    private readonly object _gate = new();
    private TimeSpan? _onlineAt;

    public RealtimeSocket(
        WebSocket socket,
        RealtimeProtocol protocol,
        IRealtimeSink sink,
        RealtimeOptions options,
        TimeProvider timeProvider
    )
    {
        _socket = socket;
        _protocol = protocol;
        _sink = sink;
        _options = options;
        _timeProvider = timeProvider;
        _reader = new MessageReader(socket, options.MaxMessageBytes);
        _start = timeProvider.GetTimestamp();
    }

    private TimeSpan Now => _timeProvider.GetElapsedTime(_start);

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }

    /// <summary>Runs until the connection ends.</summary>
    /// <returns>How it ended. If <paramref name="stop"/> was canceled, that is thrown instead.</returns>
    public async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        using var cut = new CancellationTokenSource();
        using var still = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var opening = _protocol.Opened(Now);
        var beating = BeatAsync(opening, still.Token);
        var reading = ReadAsync(stop, cut.Token);
        await Task.WhenAny(beating, reading);

        if (stop.IsCancellationRequested)
            await CloseAsync();

        still.Cancel();
        cut.Cancel();
        _socket.Abort();
        var failure = await beating;
        if (failure is not null)
        {
            // The server may not have noticed yet: it believes in a connection for 100 s after the last pong, and does
            // not resume one that it takes for open (ws-session-resume-network-cut.json of 11.6).
            lock (_gate)
                _protocol.Forget();
        }

        try
        {
            var end = await reading;
            stop.ThrowIfCancellationRequested();
            return end with
            {
                Reason = failure ?? end.Reason,
                TokenMayBeInvalid = end.TokenMayBeInvalid || _onlineAt is null,
                OnlineFor = _onlineAt is { } since ? Now - since : TimeSpan.Zero,
            };
        }
        finally
        {
            _protocol.Closed();
        }
    }

    private async Task<ConnectionEnd> ReadAsync(CancellationToken stop, CancellationToken cut)
    {
        while (true)
        {
            MessageRead read;
            try
            {
                read = await _reader.ReadAsync(cut);
            }
            catch (Exception error)
                when (error
                        is WebSocketException
                            or OperationCanceledException
                            or ObjectDisposedException
                            or IOException
                )
            {
                // A real server always ends a connection like this: no close frame, 1006 (ws-session-*.json).
                return new ConnectionEnd { Reason = "The connection was lost." };
            }

            if (read == MessageRead.Closed)
                return ClosedByServer();

            var frame = Take(read);
            if (frame != default)
            {
                await DeliverAsync(frame, stop);
                if (frame.Failure is { } failure)
                    return new ConnectionEnd { Reason = failure, TokenMayBeInvalid = frame.TokenRefused };
            }
        }
    }

    // A reader that is too slow is closed without a status and cannot be resumed (ws-session-slow-reader.json of 11.6).
    // The framework shows that as 1000, .NET Framework as 1005.
    private ConnectionEnd ClosedByServer()
    {
        var status = _socket.CloseStatus;
        if (status is not (null or WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty))
            return new ConnectionEnd { Reason = $"The server closed the connection ({(int)status})." };

        lock (_gate)
            _protocol.Forget();

        return new ConnectionEnd
        {
            Reason = "The server closed the connection without a reason; it may have been read too slowly.",
        };
    }

    private ReceivedFrame Take(MessageRead read)
    {
        lock (_gate)
        {
            var frame =
                read == MessageRead.Whole
                    ? _protocol.Receive(_reader.Message, Now)
                    : _protocol.Unreadable($"The server sent a message of more than {_options.MaxMessageBytes} bytes.");
            if (frame.Gap is not null || frame.Event is not null)
                _protocol.BeginDelivery();

            return frame;
        }
    }

    private async ValueTask DeliverAsync(ReceivedFrame frame, CancellationToken stop)
    {
        // The gap first: once the state is "online", every gap must have been reported.
        if (frame.Gap is { } gap)
            await _sink.OnGapAsync(gap, stop);

        if (frame.CameOnline)
        {
            _onlineAt = Now;
            if (frame.Resumed)
                _sink.OnResumed();

            _sink.OnStateChanged(RealtimeState.Online, frame.Resumed ? "The last connection was resumed." : null);
        }

        if (frame.ResumeDone)
            _sink.OnResumeDone();

        if (frame.Event is { } realtimeEvent)
            await _sink.OnEventAsync(realtimeEvent, stop);

        if (frame.Notice is { } notice)
            _sink.OnStateChanged(RealtimeState.Online, notice);

        if (frame.Gap is not null || frame.Event is not null)
        {
            lock (_gate)
                _protocol.EndDelivery(Now);
        }
    }

    /// <returns>Why the connection has failed; null if the heartbeat is no longer needed.</returns>
    private async Task<string?> BeatAsync(IReadOnlyList<byte[]> opening, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var message in opening)
                await SendAsync(message, cancellationToken);

            while (true)
            {
                Heartbeat beat;
                lock (_gate)
                    beat = _protocol.Tick(Now);

                if (beat.Failure is not null)
                    return beat.Failure;

                if (beat.Send is not null)
                    await SendAsync(beat.Send, cancellationToken);

                // Timers may fire a little too early: never loop without waiting.
                var pause = beat.NextIn > ShortestPause ? beat.NextIn : ShortestPause;
                await _timeProvider.Delay(pause, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? null : "The connection accepts no more data.";
        }
        catch (Exception error) when (error is WebSocketException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var deadline = _timeProvider.CreateCancellationTokenSource(_options.PongTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await _socket.SendAsync(
            new ArraySegment<byte>(message),
            WebSocketMessageType.Text,
            endOfMessage: true,
            either.Token
        );
    }

    // So that the server shows the bot as offline at once and not after missing pongs. A socket that has stalled is not
    // closed in this way.
    private async Task CloseAsync()
    {
        try
        {
            using var deadline = _timeProvider.CreateCancellationTokenSource(_options.CloseTimeout);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
        }
        catch (Exception error)
            when (error is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The socket is aborted next in any case.
        }
    }
}
