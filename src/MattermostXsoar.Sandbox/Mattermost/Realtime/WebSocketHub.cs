using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Keeps the connections and hands each event to its recipients.</summary>
internal sealed class WebSocketHub(MattermostWorld world, SandboxOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<ConnectionState> _connections = [];
    private readonly HashSet<SocketSession> _sessions = [];
    private readonly Signal _changed = new();
    private DateTimeOffset _startedAt = options.TimeProvider.GetUtcNow();

    public int ConnectionCount
    {
        get
        {
            lock (_gate)
                return _connections.Count(static connection => connection.Session is not null);
        }
    }

    public int SocketCount
    {
        get
        {
            lock (_gate)
                return _sessions.Count;
        }
    }

    public Task WhenSocketsAsync(Func<int, bool> condition, CancellationToken cancellationToken) =>
        _changed.WhenAsync(() => condition(SocketCount), cancellationToken);

    public Task WhenConnectionsAsync(Func<int, bool> condition, CancellationToken cancellationToken) =>
        _changed.WhenAsync(() => condition(ConnectionCount), cancellationToken);

    public bool IsConnected(string userId)
    {
        lock (_gate)
            return _connections.Any(connection => connection.Session is not null && connection.UserId == userId);
    }

    /// <summary>Called under the world's lock, so that all connections get events in the same order.</summary>
    public void Publish(ServerEvent item)
    {
        lock (_gate)
        {
            if (Version.SendsOwnFrames && item.Audience.EachMember)
            {
                foreach (var id in _connections.Select(static it => it.UserId).Distinct().ToList())
                {
                    if (world.IsFor(item.Audience, id))
                        Queue(item.To(item.Audience with { UserId = id }));
                }
                return;
            }
            if (Version.SendsOwnFrames && item.Audience.OwnUserId is { Length: > 0 } own)
            {
                Queue(item.To(Audience.User(own) with { ChannelId = item.Audience.ChannelId }));
                item = item.To(item.Audience with { OmitUserId = own });
            }
            if (Version.UpdatesUsersByReceiver && item.Audience.ByRights)
            {
                Queue(item.To(item.Audience with { Administrators = true }));
                item = item.To(item.Audience with { Administrators = false });
            }
            Queue(item);
        }
    }

    /// <summary>Whether a connection gets no events because its token is no longer valid.</summary>
    public bool IsMuted(ConnectionState connection) =>
        Version.MutesWithoutToken && (connection.IsMuted = connection.IsMuted || !world.IsValidToken(connection.Token));

    private SocketVersion Version => world.Version.Sockets;

    private bool AreReliable => options.ReliableWebSockets || Version.AreReliable;

    private void Queue(ServerEvent item)
    {
        List<ConnectionState>? lost = null;
        foreach (var connection in _connections)
        {
            if (!world.IsFor(item.Audience, connection.UserId) || IsMuted(connection))
                continue;
            var waiting = connection.Outgoing.Reader.Count;
            if (waiting >= (connection.Session is null ? ConnectionState.AwayCapacity : options.WebSocketBacklog))
                (lost ??= []).Add(connection);
            else if (waiting < Version.SkipsMinorEventsFrom || !IsMinor(item.Name))
                connection.Outgoing.Writer.TryWrite(item.For(connection.UserId));
        }
        foreach (var connection in lost ?? [])
        {
            _connections.Remove(connection);
            if (Version.ClosesSlowReaders)
                connection.Outgoing.Writer.TryWrite(SocketSession.TooSlow);
            else
                connection.Session?.Abort();
        }
    }

    private static bool IsMinor(string name) => name is "typing" or "status_change" or "multiple_channels_viewed";

    public void Opened(SocketSession session)
    {
        lock (_gate)
            _sessions.Add(session);
        _changed.Pulse();
    }

    /// <summary>Finds the connection that a client resumes, or creates one.</summary>
    /// <param name="session">The socket.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="token">The token that authenticated it.</param>
    /// <param name="resumeId">The id of the connection to resume, or null.</param>
    /// <param name="loses">Whether an event that waits is lost in the moment of the resume.</param>
    /// <param name="resumed">Whether there was one.</param>
    public ConnectionState Register(
        SocketSession session,
        SandboxUser user,
        string token,
        string? resumeId,
        Func<string, bool> loses,
        out bool resumed
    )
    {
        lock (_gate)
        {
            Reap();
            var connection =
                resumeId is { Length: > 0 } && AreReliable
                    ? _connections.Find(it => it.ConnectionId == resumeId && it.UserId == user.Id)
                    : null;
            if (Version.ResumesClosedOnly && connection?.Session is not null)
                connection = null;
            resumed = connection is not null;
            if (connection is null)
            {
                connection = new ConnectionState(user.Id) { ConnectionId = AreReliable ? Ids.New() : "" };
                _connections.Add(connection);
            }
            else
            {
                Lose(connection, loses);
            }
            (connection.Token, connection.IsMuted) = (token, false);
            connection.Session?.Abort();
            connection.ServeBy(session);
            return connection;
        }
    }

    public void Closed(SocketSession session, ConnectionState? connection)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
            if (connection is not null && connection.Session == session)
            {
                connection.ServeBy(null);
                connection.AwaySince = options.TimeProvider.GetUtcNow();
                connection.ActiveAt = world.ActiveAt(connection.Token);
                if (!AreReliable)
                    _connections.Remove(connection);
            }
        }
        _changed.Pulse();
    }

    public void Announce() => _changed.Pulse();

    /// <summary>Drops every socket without a close frame. With <paramref name="forget"/> no connection can be resumed,
    /// as after a restart.</summary>
    /// <returns>How many there were.</returns>
    public int CutAll(bool forget)
    {
        SocketSession[] sessions;
        lock (_gate)
        {
            sessions = [.. _sessions];
            if (forget)
            {
                _startedAt = options.TimeProvider.GetUtcNow();
                foreach (var connection in _connections)
                    connection.ServeBy(null);
                _connections.Clear();
            }
        }
        foreach (var session in sessions)
            session.Abort();
        return sessions.Length;
    }

    /// <summary>Takes away what is lost in the moment of a resume: it goes to neither socket, and no number shows
    /// it.</summary>
    private static void Lose(ConnectionState connection, Func<string, bool> loses)
    {
        var waiting = new List<object>();
        while (connection.Outgoing.Reader.TryRead(out var item))
            waiting.Add(item);
        foreach (var item in waiting.Where(item => item is not ServerEvent lost || !loses(lost.Name)))
            connection.Outgoing.Writer.TryWrite(item);
    }

    private void Reap()
    {
        var now = options.TimeProvider.GetUtcNow();
        _connections.RemoveAll(connection =>
            connection.Session is null
            && (
                Version.SweepInterval > TimeSpan.Zero
                    ? IsSwept(connection, now)
                    : connection.AwaySince < now - options.ResumeWindow
            )
        );
    }

    /// <summary>As recorded: every 300 s from the start, what is lost and whose user was active longer ago than that is
    /// removed.</summary>
    private bool IsSwept(ConnectionState connection, DateTimeOffset now)
    {
        var idle = connection.ActiveAt + Version.SweepInterval;
        var from = (idle > connection.AwaySince ? idle : connection.AwaySince) - _startedAt;
        var sweep = _startedAt + (Version.SweepInterval * Math.Ceiling(from / Version.SweepInterval));
        return sweep <= now;
    }
}
