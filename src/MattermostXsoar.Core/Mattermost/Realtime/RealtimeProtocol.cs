using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// The rules of Mattermost's websocket, without a socket and without a clock: it is told what happened and when, and
/// says what to do. Not thread-safe. Times are spans since any fixed moment.
/// <para>
/// Numbers: the server numbers the events of a connection from 0 (<c>hello</c>). A number already seen is a repetition
/// and ignored; a skipped one is a gap. After a gap we read on instead of reconnecting as the web client does: whoever
/// is told of the gap asks REST, which knows the missing posts already, and a reconnection could only lose more.
/// </para>
/// <para>
/// Resume: a server with reliable websockets (always on since 6.0) names the connection in <c>hello</c>. With
/// that name and the next number expected it sends what was missed, then goes on; it says <b>no</b> hello then, so a
/// ping is sent at once, whose answer shows a silent success. A hello under another name means that the server forgot
/// us.
/// </para>
/// </summary>
internal sealed class RealtimeProtocol(RealtimeOptions options, AccessToken token, SecretRedactor redactor)
{
    private bool _resuming;
    private bool _holding;
    private bool _helloSeen;
    private long _actionSeq;
    private long _brokenAt = RealtimeFrame.NoSequence;
    private long _pingSeq;
    private bool _pongDue;
    private TimeSpan _openedAt;
    private TimeSpan _pingAt;
    private TimeSpan _lifeAt;

    /// <summary>The server's name of the connection; empty where it offers no resume.</summary>
    public string ConnectionId { get; private set; } = string.Empty;

    /// <summary>The number of the next event.</summary>
    public long NextSequence { get; private set; }

    /// <summary>True when the next connection can go on where this one ends.</summary>
    public bool CanResume => ConnectionId.Length > 0;

    /// <summary>True from the first sign that the server accepted us until the connection ends.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>A socket is open. Says what to send, in order.</summary>
    public IReadOnlyList<byte[]> Opened(TimeSpan now)
    {
        _resuming = CanResume;
        _helloSeen = false;
        _holding = false;
        _pongDue = false;
        _actionSeq = 1;
        _openedAt = _lifeAt = _pingAt = now;
        IsOnline = false;
        var challenge = RealtimeMessages.Challenge(_actionSeq, token);
        return _resuming ? [challenge, NextPing(now)] : [challenge];
    }

    /// <summary>The socket is gone, for whatever reason.</summary>
    public void Closed()
    {
        // An attempt to resume that did not even get an answer may be what the server objects to.
        if (_resuming && !IsOnline)
            Forget();

        _resuming = false;
        IsOnline = false;
    }

    /// <summary>
    /// What arrived is no whole message. The server may send it again on resume; if that does not help, the next
    /// connection starts afresh.
    /// </summary>
    public ReceivedFrame Unreadable(string what)
    {
        if (_brokenAt == NextSequence)
            Forget();

        _brokenAt = NextSequence;
        return new ReceivedFrame { Broken = redactor.Redact(what) };
    }

    /// <summary>A whole message arrived.</summary>
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
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return Unreadable(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The server sent {0} bytes that are not a whole JSON message.",
                    utf8.Length
                )
            );
        }
    }

    /// <summary>
    /// The reader turns away to hand an event on. Until <see cref="Released"/> silence is our own doing and nobody's
    /// fault.
    /// </summary>
    public void Held() => _holding = true;

    /// <summary>The reader is back at the socket.</summary>
    public void Released(TimeSpan now)
    {
        _holding = false;
        _lifeAt = now;
    }

    /// <summary>Time has passed.</summary>
    public Heartbeat Tick(TimeSpan now)
    {
        if (_holding)
            return Later(options.PongTimeout);

        var helloBy = _openedAt + options.HelloTimeout;
        if (!IsOnline && now >= helloBy)
            return Dead("The server did not answer the authentication within {0} s.", options.HelloTimeout);

        var pongBy = (_lifeAt > _pingAt ? _lifeAt : _pingAt) + options.PongTimeout;
        if (_pongDue && now >= pongBy)
            return Dead("The server did not answer a ping within {0} s.", options.PongTimeout);

        // One question at a time: a second ping would only put off the deadline of the first.
        if (!IsOnline || _pongDue)
            return Later((IsOnline ? pongBy : helloBy) - now);

        var pingAt = _pingAt + options.PingInterval;
        return now >= pingAt ? Later(options.PongTimeout) with { Send = NextPing(now) } : Later(pingAt - now);
    }

    // An answer may come long before its deadline, and then the next ping is due: so never sleep past that.
    private Heartbeat Later(TimeSpan wait) =>
        new(null, null, wait < options.PingInterval ? wait : options.PingInterval);

    private static Heartbeat Dead(string reason, TimeSpan after) =>
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

    private void Forget()
    {
        ConnectionId = string.Empty;
        NextSequence = 0;
    }

    private ReceivedFrame Hello(in RealtimeFrame frame)
    {
        var id = RealtimeEventData.Parse(frame.Data).ConnectionId;
        var known = id == ConnectionId;
        if (_helloSeen && known && frame.Seq < NextSequence)
            return default;

        var resumed = _resuming && known && frame.Seq == NextSequence;
        var gap =
            resumed ? null
            : _resuming ? "The server no longer knows the connection; what happened meanwhile has to be asked for."
            : "A new connection; what happened before it has to be asked for.";
        _helloSeen = true;
        ConnectionId = id;
        NextSequence = frame.Seq + 1;
        return new ReceivedFrame
        {
            CameOnline = ComeOnline(),
            Resumed = resumed,
            Gap = gap,
        };
    }

    private ReceivedFrame Next(in RealtimeFrame frame)
    {
        var resumed = _resuming && !_helloSeen;
        var first = !_resuming && !_helloSeen && !IsOnline;
        var cameOnline = ComeOnline();
        if (!first && frame.Seq < NextSequence)
            return new ReceivedFrame { CameOnline = cameOnline, Resumed = resumed };

        var gap =
            first ? "A connection without a welcome; what happened before it has to be asked for."
            : frame.Seq == NextSequence ? null
            : string.Format(
                CultureInfo.InvariantCulture,
                "Event {0} arrived where {1} was due.",
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
            // Only the ping's answer counts: the challenge of a connection that authenticated by header gets none.
            var silentResume = _resuming && !IsOnline && frame.SeqReply >= _pingSeq;
            return silentResume ? new ReceivedFrame { CameOnline = ComeOnline(), Resumed = true } : default;
        }

        var said = redactor.Redact(
            string.Format(
                CultureInfo.InvariantCulture,
                "The server refused a websocket action ({0}): {1}",
                frame.ErrorStatus,
                frame.ErrorMessage
            )
        );

        // After a token is revoked the events still flow, but a ping is answered so (ws-session-token-revoked.json).
        return frame.ErrorStatus == 401
            ? new ReceivedFrame { Broken = said, TokenRefused = true }
            : new ReceivedFrame { Notice = said };
    }

    private bool ComeOnline()
    {
        var cameOnline = !IsOnline;
        IsOnline = true;
        return cameOnline;
    }
}
