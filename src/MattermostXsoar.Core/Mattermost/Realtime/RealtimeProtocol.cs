using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// The protocol of Mattermost's websocket, without a socket and a clock: the caller reports what happened and when, and
/// gets what to do. Not thread-safe. Times are spans since any fixed moment.
/// <para>
/// Sequence numbers: the server numbers the events of a connection from 0 (<c>hello</c>). A number already received is
/// a repetition and is ignored; a skipped one is a gap. After a gap the connection is kept, unlike in the web client:
/// the missing posts are read with REST, and a reconnection could only lose more.
/// </para>
/// <para>
/// Resume: a server with reliable websockets (always on since 6.0) sends a connection id in <c>hello</c>. Given that id
/// and the next number expected, it sends the missed events and then goes on. It then sends <b>no</b> hello, so a ping
/// is sent at once, whose reply comes after the missed events and shows that the connection was resumed. A hello means
/// that it was not, whatever its id: with another id the server no longer knows the connection, with the same one it had
/// stopped sending events for a while (ws-session-token-revoked-then-resumed.json of 11.6).
/// </para>
/// <para>
/// A resume is no proof that nothing was lost: an event of the very moment goes to neither connection, and the numbers
/// show no gap (ws-session-resume-race-posts.json of 11.6). So the end of each resume is reported
/// (<see cref="ReceivedFrame.ResumeDone"/>), and the channels have to be compared.
/// </para>
/// </summary>
internal sealed class RealtimeProtocol(RealtimeOptions options, AccessToken token, SecretRedactor redactor)
{
    private bool _resuming;
    private bool _isDelivering;
    private bool _helloSeen;
    private bool _resumeDone;
    private long _actionSeq;
    private long _brokenAt = RealtimeFrame.NoSequence;
    private long _pingSeq;
    private bool _pongDue;
    private TimeSpan _openedAt;
    private TimeSpan _pingAt;
    private TimeSpan _lifeAt;

    /// <summary>The server's id of the connection; empty if it does not support resuming.</summary>
    public string ConnectionId { get; private set; } = string.Empty;

    /// <summary>The sequence number of the next event.</summary>
    public long NextSequence { get; private set; }

    /// <summary>
    /// True if the next connection can resume this one. The number 0 is never asked for: the server then counts from 0
    /// again and sends nothing of what was missed (ws-session-resume-seq-zero.json).
    /// </summary>
    public bool CanResume => ConnectionId.Length > 0 && NextSequence > 0;

    /// <summary>True from the first sign that the server accepted the connection until it ends.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>A socket was opened. Returns what to send, in order.</summary>
    public IReadOnlyList<byte[]> Opened(TimeSpan now)
    {
        _resuming = CanResume;
        _helloSeen = _resumeDone = false;
        _isDelivering = false;
        _pongDue = false;
        _actionSeq = 1;
        _openedAt = _lifeAt = _pingAt = now;
        IsOnline = false;
        var challenge = RealtimeMessages.Challenge(_actionSeq, token);
        return _resuming ? [challenge, NextPing(now)] : [challenge];
    }

    /// <summary>
    /// The next connection is a new one, since the last one cannot be resumed without loss: its token was refused, so
    /// that events were withheld; it may still be open on the server; or the server has ended it.
    /// </summary>
    public void Forget()
    {
        ConnectionId = string.Empty;
        NextSequence = 0;
    }

    /// <summary>The socket was closed, for whatever reason.</summary>
    public void Closed()
    {
        // The attempt to resume got no reply: resuming may be the cause, since a server closes at once what it cannot
        // read (1006, ws-session-resume-malformed-connection-id.json). So the next connection is a new one.
        if (_resuming && !IsOnline)
            Forget();

        _resuming = false;
        IsOnline = false;
    }

    /// <summary>
    /// What arrived is no complete message. The server may send it again after resuming; if it is unreadable again, the
    /// next connection is a new one.
    /// </summary>
    public ReceivedFrame Unreadable(string what)
    {
        if (_brokenAt == NextSequence)
            Forget();

        _brokenAt = NextSequence;
        return new ReceivedFrame { Failure = redactor.Redact(what) };
    }

    /// <summary>A complete message arrived.</summary>
    public ReceivedFrame Receive(ReadOnlySpan<byte> utf8, TimeSpan now)
    {
        _lifeAt = now;
        try
        {
            var frame = RealtimeFrame.Parse(utf8);
            if (frame.IsEvent)
                return frame.Event == "hello" ? Hello(frame) : Next(frame);

            return frame.IsReply ? Reply(frame) : default;
        }
        catch (Exception error) when (LenientJson.IsInvalid(error))
        {
            return Unreadable(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The server sent {0} bytes that are not a complete JSON message.",
                    utf8.Length
                )
            );
        }
    }

    /// <summary>
    /// An event is being delivered and nothing is read. Until <see cref="EndDelivery"/> the server is not expected to
    /// be heard.
    /// </summary>
    public void BeginDelivery() => _isDelivering = true;

    /// <summary>The event was delivered and reading goes on.</summary>
    public void EndDelivery(TimeSpan now)
    {
        _isDelivering = false;
        _lifeAt = now;
    }

    /// <summary>Time has passed. Returns what to do.</summary>
    public Heartbeat Tick(TimeSpan now)
    {
        if (_isDelivering)
            return Later(options.PongTimeout);

        var helloBy = _openedAt + options.HelloTimeout;
        if (!IsOnline && now >= helloBy)
            return Failed("The server did not answer the authentication within {0} s.", options.HelloTimeout);

        var pongBy = (_lifeAt > _pingAt ? _lifeAt : _pingAt) + options.PongTimeout;
        if (_pongDue && now >= pongBy)
            return Failed("The server did not answer a ping within {0} s.", options.PongTimeout);

        // One ping at a time: a second one would only extend the deadline of the first.
        if (!IsOnline || _pongDue)
            return Later((IsOnline ? pongBy : helloBy) - now);

        var pingAt = _pingAt + options.PingInterval;
        return now >= pingAt ? Later(options.PongTimeout) with { Send = NextPing(now) } : Later(pingAt - now);
    }

    // A reply may arrive long before its deadline, and then the next ping is due: never wait longer than that.
    private Heartbeat Later(TimeSpan wait) =>
        new(null, null, wait < options.PingInterval ? wait : options.PingInterval);

    private static Heartbeat Failed(string reason, TimeSpan after) =>
        new(null, string.Format(CultureInfo.InvariantCulture, reason, after.TotalSeconds), TimeSpan.Zero);

    private static RealtimeEvent ToEvent(in RealtimeFrame frame, in RealtimeEventData data) =>
        new()
        {
            Event = frame.Event!,
            Seq = frame.Seq,
            ChannelId = FirstOf(frame.ChannelId, data.ChannelId, data.Post?.ChannelId),
            TeamId = FirstOf(frame.TeamId, data.TeamId, null),
            BroadcastUserId = frame.UserId,
            SenderName = data.SenderName,
            Post = data.Post,
            DataUtf8 = frame.Data.ToArray(),
        };

    private static string FirstOf(string first, string second, string? third) =>
        first.Length > 0 ? first
        : second.Length > 0 ? second
        : third ?? string.Empty;

    private byte[] NextPing(TimeSpan now)
    {
        _pingSeq = ++_actionSeq;
        _pingAt = now;
        _pongDue = true;
        return RealtimeMessages.Ping(_pingSeq);
    }

    private ReceivedFrame Hello(in RealtimeFrame frame)
    {
        var id = RealtimeEventData.Parse(frame.Data).ConnectionId;
        var known = id == ConnectionId;
        if (_helloSeen && known && frame.Seq < NextSequence)
            return default;

        var gap =
            known && id.Length > 0 && (_resuming || _helloSeen)
                ? "The server had stopped sending events: those since then may be missing."
            : _resuming ? "The server no longer knows the connection: events since then may be missing."
            : "New connection: events before it may be missing.";
        _helloSeen = true;
        ConnectionId = id;
        NextSequence = frame.Seq + 1;
        return new ReceivedFrame { CameOnline = ComeOnline(), Gap = gap };
    }

    private ReceivedFrame Next(in RealtimeFrame frame)
    {
        var resumed = _resuming && !_helloSeen;
        var first = !_resuming && !_helloSeen && !IsOnline;
        var cameOnline = ComeOnline();
        if (!first && frame.Seq < NextSequence)
            return new ReceivedFrame { CameOnline = cameOnline, Resumed = resumed };

        var gap =
            first ? "A connection without a hello: events before it may be missing."
            : frame.Seq == NextSequence ? null
            : string.Format(
                CultureInfo.InvariantCulture,
                "Event {0} was received, but {1} was expected.",
                frame.Seq,
                NextSequence
            );
        var data = RealtimeEventData.Parse(frame.Data);
        if (data.PostUnreadable)
            gap ??= string.Format(CultureInfo.InvariantCulture, "The post in event {0} cannot be read.", frame.Seq);

        NextSequence = frame.Seq + 1;
        return new ReceivedFrame
        {
            CameOnline = cameOnline,
            Resumed = resumed && gap is null,
            Gap = gap,
            Event = ToEvent(frame, data),
        };
    }

    private ReceivedFrame Reply(in RealtimeFrame frame)
    {
        if (frame.SeqReply >= _pingSeq)
            _pongDue = false;

        if (frame.Status == "OK")
        {
            // Only the reply to the ping counts: the challenge of a connection that was authenticated by a header gets
            // none.
            if (!_resuming || _helloSeen || _resumeDone || frame.SeqReply < _pingSeq)
                return default;

            _resumeDone = true;
            var cameOnline = ComeOnline();
            return new ReceivedFrame
            {
                CameOnline = cameOnline,
                Resumed = cameOnline,
                ResumeDone = true,
            };
        }

        var message = redactor.Redact(
            string.Format(
                CultureInfo.InvariantCulture,
                "The server refused a websocket action ({0}): {1}",
                frame.ErrorStatus,
                frame.ErrorMessage
            )
        );

        if (frame.ErrorStatus != 401)
            return new ReceivedFrame { Notice = message };

        // After a token was revoked a server of 11.6 keeps the connection open and sends no events; 5.37 goes on sending
        // them. Only a ping gets this reply (ws-session-token-revoked.json of both).
        Forget();
        return new ReceivedFrame { Failure = message, TokenRefused = true };
    }

    private bool ComeOnline()
    {
        var cameOnline = !IsOnline;
        IsOnline = true;
        return cameOnline;
    }
}
