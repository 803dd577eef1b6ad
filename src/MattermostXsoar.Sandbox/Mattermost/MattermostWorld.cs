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
        var version = Version.TryParse(options.MattermostVersion, out var given) ? given : new Version(5, 37);
        RepeatsRoots = version.Major < 7;
        RepeatsPostsOfOthers = version.Major < 6;
        _pending = new PendingPosts(options.TimeProvider);
        ReactionsMayBeNull = version.Major >= 8;
        Form = new PostForm(HasParentIds: version.Major < 6, ReactionsNameChannels: version.Major >= 8);
        NamesChannelsFreely = version.Major >= 7;
        NamesPostSize = version.Major >= 11;
        (MaxPostSize, SiteUrl) = (options.MaxPostSize, options.SiteUrl);
        Hub = new WebSocketHub(this, options);
    }

    /// <summary>The most characters in a post, which the server publishes in its client configuration.</summary>
    public int MaxPostSize { get; set; }

    /// <summary>The server's address for people, which it publishes in its client configuration.</summary>
    public string SiteUrl { get; set; }

    /// <summary>Whether a channel's name may have one letter and end with a dash or underscore: since
    /// mattermost/mattermost#19845; recorded of 11.6.</summary>
    internal bool NamesChannelsFreely { get; }

    /// <summary>As recorded of 11.6, a text that is too long has an error id of its own. Since which version is not
    /// known; here it is 11.0.</summary>
    internal bool NamesPostSize { get; }

    /// <summary>Whether a repeated <c>pending_post_id</c> returns the first post to whoever sends it. Recorded of 11.6
    /// is that the first post is returned only to those who may read it; tried on 5.37 was that anybody gets it. Since
    /// which version is not known; here it is 6.0.</summary>
    internal bool RepeatsPostsOfOthers { get; }

    /// <summary>How this version writes posts.</summary>
    internal PostForm Form { get; }

    /// <summary>As recorded of 11.6: the list of a post without reactions is null, not empty. Since which version is
    /// not known; here, as with the <c>channel_id</c> of reactions, it is 8.0.</summary>
    internal bool ReactionsMayBeNull { get; }

    /// <summary>Servers before 7.0 list a thread's first post twice.</summary>
    internal bool RepeatsRoots { get; }

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
        $"{options.MattermostVersion}.release-sandbox.265583ebf88f8632327c1d19e0127ccc.false";

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
                user.Status = "offline";
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
