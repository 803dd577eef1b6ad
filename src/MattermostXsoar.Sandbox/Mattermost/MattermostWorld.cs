using System.Text;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// The state of the Mattermost server and the actions of people. Every action is processed as over REST: it is stored,
/// then published to the websockets, in one order.
/// </summary>
public sealed partial class MattermostWorld
{
    private const string Hash = "265583ebf88f8632327c1d19e0127ccc9c1d8f0a34be3ab8e2e5a1b2c7f0d946";

    private readonly Lock _gate = new();
    private readonly SandboxOptions _options;
    private readonly Signal _changed = new();
    private readonly Random _shuffle;
    private readonly Dictionary<string, SandboxUser> _users = [];
    private readonly Dictionary<string, SandboxUser> _usersByName = [];
    private readonly Dictionary<string, SandboxUser> _usersByEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<SandboxUser> _usersInOrder = new(
        Comparer<SandboxUser>.Create(static (a, b) => string.CompareOrdinal(a.Username, b.Username))
    );
    private readonly Dictionary<string, SandboxTeam> _teams = [];
    private readonly Dictionary<string, SandboxChannel> _channels = [];
    private readonly Dictionary<(string TeamId, string Name), SandboxChannel> _channelsByName = [];
    private readonly Dictionary<string, SandboxPost> _posts = [];
    private readonly Dictionary<string, SandboxFile> _files = [];
    private readonly PendingPosts _pending;

    internal MattermostWorld(SandboxOptions options)
    {
        _options = options;
        _shuffle = options.ShuffleSeed is { } seed ? new Random(seed) : new Random();
        Version = ServerVersion.Of(options.MattermostVersion);
        _pending = new PendingPosts(options.TimeProvider);
        ChannelJson = new ChannelJson(Version);
        TeamJson = new TeamJson(Version);
        UserJson = new UserJson(Version);
        _historyLimit = options.HistoryLimit;
        (MaxPostSize, SiteUrl) = (options.MaxPostSize, options.SiteUrl);
        MaxFileSize = options.MaxFileSize;
        InstalledAt = Now;
        Hub = new WebSocketHub(this, options);
    }

    internal MattermostException NoChannel(string id) => MattermostException.NoChannel(id, Version.ErrorsNameChannels);

    /// <summary>What differs by the server's version.</summary>
    internal ServerVersion Version { get; }

    /// <summary>The most characters in a post, which the server publishes in its client configuration.</summary>
    public int MaxPostSize { get; set; }

    /// <summary>What the server's language makes of an error's English text; null for English. Ids stay as they
    /// are.</summary>
    public Func<string, string>? ErrorLanguage { get; set; }

    /// <summary>Whether people without a team in common may not write direct messages
    /// (<c>RestrictDirectMessage=team</c>). Here that includes bots, whom some servers except.</summary>
    public bool RestrictsDirectMessages { get; set; }

    /// <summary>The largest file in bytes now.</summary>
    public long MaxFileSize { get; set; }

    /// <summary>The server's address for people, which it publishes in its client configuration.</summary>
    public string SiteUrl { get; set; }

    /// <summary>How channels are written.</summary>
    internal ChannelJson ChannelJson { get; }

    /// <summary>How teams are written.</summary>
    internal TeamJson TeamJson { get; }

    /// <summary>How accounts are written.</summary>
    internal UserJson UserJson { get; }

    /// <summary>How posts are written.</summary>
    internal PostForm Form =>
        new(Version, ImageProxy, Version.FillsInProps ? Preview : null, Version.FillsInProps ? EmojisIn : null);

    /// <summary>When the server was set up, in milliseconds since 1970.</summary>
    internal long InstalledAt { get; }

    /// <summary>The server's own id.</summary>
    internal string ServerId { get; } = Ids.New();

    /// <summary>The server's address, without a slash at the end.</summary>
    internal string Site { get; set; } = "http://127.0.0.1";

    private string? ImageProxy => _options.ImageProxy ? Site + "/api/v4/image?url=" : null;

    /// <summary>All accounts, by username.</summary>
    public IReadOnlyList<SandboxUser> Users => Locked(() => _usersInOrder.ToArray());

    /// <summary>All teams.</summary>
    public IReadOnlyList<SandboxTeam> Teams => Locked(() => _teams.Values.ToArray());

    /// <summary>All channels, archived and direct ones too.</summary>
    public IReadOnlyList<SandboxChannel> Channels => Locked(() => _channels.Values.ToArray());

    /// <summary>How many authenticated websockets are open.</summary>
    public int ConnectionCount => Hub.ConnectionCount;

    /// <summary>How many websockets are open, authenticated or not.</summary>
    public int SocketCount => Hub.SocketCount;

    internal WebSocketHub Hub { get; }

    internal SandboxOptions Options => _options;

    private long Now => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Waits until <paramref name="condition"/> holds; it is evaluated after every change.</summary>
    public Task WhenAsync(Func<MattermostWorld, bool> condition, CancellationToken cancellationToken = default) =>
        _changed.WhenAsync(() => condition(this), cancellationToken);

    /// <summary>Waits until the number of authenticated websockets satisfies <paramref name="condition"/>.</summary>
    public Task WhenConnectionsAsync(Func<int, bool> condition, CancellationToken cancellationToken = default) =>
        Hub.WhenConnectionsAsync(condition, cancellationToken);

    /// <summary>Waits until the number of open websockets, authenticated or not, satisfies <paramref
    /// name="condition"/>.</summary>
    public Task WhenSocketsAsync(Func<int, bool> condition, CancellationToken cancellationToken = default) =>
        Hub.WhenSocketsAsync(condition, cancellationToken);

    internal static string VersionId(SandboxOptions options) =>
        $"{options.MattermostVersion}.release-sandbox.{Hash[..ServerVersion.Of(options.MattermostVersion).HashLength]}.false";

    internal void Publish(ServerEvent item)
    {
        lock (_gate)
            Hub.Publish(item);
    }

    /// <summary>Whether an event reaches a user. Called under the lock.</summary>
    internal bool IsFor(Audience audience, string userId)
    {
        if (!_users.TryGetValue(userId, out var user) || user.DeleteAt != 0)
            return false;
        if (audience.UserId.Length > 0)
            return audience.UserId == userId;
        if (
            audience.OmitUserId == userId
            || audience.ExceptUserId == userId
            || audience.Administrators is { } wanted && wanted != user.IsSystemAdmin
        )
            return false;
        if (audience.ChannelId.Length > 0)
            return _channels.TryGetValue(audience.ChannelId, out var channel) && channel.Members.ContainsKey(userId);
        return audience.TeamId.Length == 0
            || (_teams.TryGetValue(audience.TeamId, out var team) && team.Members.ContainsKey(userId));
    }

    /// <summary>Registers a connection and publishes that its user is online, if they were not.</summary>
    internal void Connected(SandboxUser user, Action register)
    {
        lock (_gate)
        {
            register();
            user.LastActivityAt = Now;
            if (user.Status != "offline")
                return;
            user.Status = "online";
            EmitStatus(user);
        }
    }

    internal void Disconnected(SocketSession session, ConnectionState? connection)
    {
        lock (_gate)
        {
            Hub.Closed(session, connection);
            if (
                connection is not null
                && !Hub.IsConnected(connection.UserId)
                && _users.TryGetValue(connection.UserId, out var user)
            )
            {
                user.Status = "offline";
                if (Version.Sockets.PublishesOffline)
                    EmitStatus(user);
            }
        }
    }

    internal string StatusesJson(HashSet<string>? ids)
    {
        lock (_gate)
        {
            return Encoding.UTF8.GetString(
                Json.Bytes(
                    _users.Values.Where(user => ids?.Contains(user.Id) ?? user.Status != "offline"),
                    static (writer, users) =>
                    {
                        writer.WriteStartObject();
                        foreach (var user in users)
                            writer.WriteString(user.Id, user.Status);
                        writer.WriteEndObject();
                    }
                )
            );
        }
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    /// <summary>Publishes an event and wakes those who wait. Called under the lock.</summary>
    private void Emit<TState>(
        string name,
        Audience audience,
        TState state,
        Action<System.Text.Json.Utf8JsonWriter, TState> writeData
    )
    {
        Hub.Publish(ServerEvent.Create(name, audience, state, writeData));
        _changed.Pulse();
    }
}
