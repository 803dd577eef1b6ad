using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Keeps the connections and hands each event to its recipients.</summary>
internal sealed class WebSocketHub(MattermostWorld world, SandboxOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<ConnectionState> _connections = [];
    private readonly HashSet<SocketSession> _sessions = [];
    private readonly Signal _changed = new();

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
            List<ConnectionState>? lost = null;
            foreach (var connection in _connections)
            {
                if (!world.IsFor(item.Audience, connection.UserId))
                    continue;
                if (
                    connection.Outgoing.Reader.Count
                    >= (connection.Session is null ? ConnectionState.AwayCapacity : options.WebSocketBacklog)
                )
                    (lost ??= []).Add(connection);
                else
                    connection.Outgoing.Writer.TryWrite(item);
            }
            foreach (var connection in lost ?? [])
            {
                _connections.Remove(connection);
                connection.Session?.Abort();
            }
        }
    }

    public void Opened(SocketSession session)
    {
        lock (_gate)
            _sessions.Add(session);
        _changed.Pulse();
    }

    /// <summary>Finds the connection that a client resumes, or creates one.</summary>
    public ConnectionState Register(SocketSession session, SandboxUser user, string? resumeId, out bool resumed)
    {
        lock (_gate)
        {
            Reap();
            var connection =
                resumeId is { Length: > 0 } && options.ReliableWebSockets
                    ? _connections.Find(it => it.ConnectionId == resumeId && it.UserId == user.Id)
                    : null;
            resumed = connection is not null;
            if (connection is null)
            {
                connection = new ConnectionState(user.Id)
                {
                    ConnectionId = options.ReliableWebSockets ? Ids.New() : "",
                };
                _connections.Add(connection);
            }
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
                if (!options.ReliableWebSockets)
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
                foreach (var connection in _connections)
                    connection.ServeBy(null);
                _connections.Clear();
            }
        }
        foreach (var session in sessions)
            session.Abort();
        return sessions.Length;
    }

    private void Reap()
    {
        var limit = options.TimeProvider.GetUtcNow() - options.ResumeWindow;
        _connections.RemoveAll(connection => connection.Session is null && connection.AwaySince < limit);
    }
}
