using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.People;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.Posts;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Sessions;

/// <summary>A connection to a Mattermost server and, if given, an XSOAR server. Never shows a token.</summary>
public sealed class MattermostSession
{
    private readonly object _gate = new();
    private MirrorService? _mirrors;
    private int _closed;

    internal MattermostSession(SessionOptions options, MattermostClient bot, MattermostClient personal)
    {
        Options = options;
        Bot = bot;
        Personal = personal;
        ConnectedAt = options.Environment.TimeProvider.GetUtcNow();
        Completions = new CompletionCache(options.Environment.TimeProvider);
    }

    /// <summary>A number that is unique in the runspace.</summary>
    public int Id { get; internal set; }

    /// <summary>The Mattermost server's address.</summary>
    public Uri Uri => Bot.BaseUri;

    /// <summary>The Mattermost server's version; empty if a proxy hides it.</summary>
    public string ServerVersion { get; internal set; } = "";

    /// <summary>The team that commands use when they are given none.</summary>
    public MattermostTeam Team { get; internal set; } = null!;

    /// <summary>The user of the bot's token: it posts, uploads and listens.</summary>
    public MattermostUser BotUser { get; internal set; } = null!;

    /// <summary>The user of the personal token: it reads and administers.</summary>
    public MattermostUser PersonalUser { get; internal set; } = null!;

    /// <summary>The XSOAR server's address; null for a session without XSOAR.</summary>
    public Uri? XsoarUri => XsoarClient?.BaseUri;

    /// <summary>The XSOAR server's version; null for a session without XSOAR.</summary>
    public string? XsoarVersion => XsoarServer?.Version;

    /// <summary>The channel for notifications that name none; null for the default.</summary>
    public string? NotificationChannel => Options.NotificationChannel;

    /// <summary>Whether investigations may be mirrored in this session.</summary>
    public bool MirroringEnabled => !Options.NoMirroring;

    /// <summary>Whether a mirror starts the session's listener by itself.</summary>
    public bool ListenerEnabled => !Options.NoListener;

    /// <summary>Whether people unknown to XSOAR may create incidents by direct message.</summary>
    public bool AllowExternalIncidents => Options.AllowExternalIncidents;

    /// <summary>
    /// The type of incidents that are created by direct message and name none; null for XSOAR's default.
    /// </summary>
    public string? IncidentType => Options.IncidentType;

    /// <summary>What users of XSOAR may do to an incident from its mirror's channel.</summary>
    public IReadOnlyList<ChatCommand> AllowChatCommand => Options.AllowedChatCommands;

    /// <summary>The notification types that are sent.</summary>
    public IReadOnlyList<string> PermittedNotification => Options.PermittedNotifications;

    /// <summary>When the session was connected.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>False once the session was disconnected.</summary>
    public bool IsConnected => Volatile.Read(ref _closed) == 0;

    internal SessionOptions Options { get; }

    /// <summary>The cache for completing arguments.</summary>
    internal CompletionCache Completions { get; }

    internal MattermostClient Bot { get; }

    internal MattermostClient Personal { get; }

    /// <summary>Makes the bot a member of channels.</summary>
    internal BotMembership BotMembership => new(Bot, Personal, BotUser);

    internal XsoarClient? XsoarClient { get; set; }

    internal XsoarServerInfo? XsoarServer { get; set; }

    /// <summary>The most characters that the server allows in a post.</summary>
    internal async Task<int> PostSizeAsync(CancellationToken cancellationToken) =>
        (await Bot.Settings.GetAsync(cancellationToken)).MaxPostSize;

    /// <summary>The XSOAR client, if the session has one.</summary>
    /// <exception cref="MattermostXsoarException">XsoarNotConfigured.</exception>
    internal XsoarClient Xsoar =>
        XsoarClient
        ?? throw new MattermostXsoarException(
            ErrorIds.XsoarNotConfigured,
            ErrorKind.InvalidOperation,
            "This session has no XSOAR server.",
            "Connect with -XsoarUri and -XsoarApiKey (and -XsoarApiKeyId for XSOAR 8)."
        );

    /// <summary>Finds incidents.</summary>
    /// <exception cref="MattermostXsoarException">XsoarNotConfigured.</exception>
    internal IncidentFinder Incidents => new(Xsoar, id => WarRoomLink(id));

    /// <summary>Reads posts, for one command: it remembers users and channels.</summary>
    internal PostReader CreatePostReader()
    {
        var reading = new ReadingClients(Personal, Bot);
        return new PostReader(reading, new PostDescriber(reading, [BotUser, PersonalUser], Team));
    }

    /// <summary>The address of a War Room's page, or of an entry in it if entries have addresses.</summary>
    /// <exception cref="MattermostXsoarException">XsoarNotConfigured.</exception>
    internal Uri WarRoomLink(string investigationId, string? entryId = null) =>
        IsXsiam
            ? XsoarLinks.XsiamWarRoom(Xsoar.BaseUri, investigationId)
            : XsoarLinks.WarRoom(Xsoar.BaseUri, XsoarServer!.ParsedVersion, investigationId, entryId);

    /// <summary>The address of a work plan's page; on XSIAM of the War Room, which is the same page.</summary>
    internal Uri WorkPlanLink(string investigationId) =>
        IsXsiam
            ? XsoarLinks.XsiamWarRoom(Xsoar.BaseUri, investigationId)
            : XsoarLinks.WorkPlan(Xsoar.BaseUri, XsoarServer!.ParsedVersion, investigationId);

    internal bool IsXsiam => string.Equals(XsoarServer?.ProductMode, "xsiam", StringComparison.OrdinalIgnoreCase);

    /// <summary>The state of the session's listener.</summary>
    public ListenerState ListenerState => _mirrors?.Listener.State ?? ListenerState.Stopped;

    /// <summary>The session's mirrors; the state file is opened only when they or the listener are used.</summary>
    internal MirrorService Mirrors
    {
        get
        {
            lock (_gate)
                return _mirrors ??= SessionMirrors.Create(this);
        }
    }

    /// <summary>The questions that the session asks.</summary>
    internal QuestionService Questions => new(Mirrors);

    /// <summary>The session's listener.</summary>
    internal ListenerService Listener => Mirrors.Listener;

    /// <summary>The server's address and the team.</summary>
    public override string ToString() => $"{Uri} ({Team?.Name})";

    internal void EnsureConnected()
    {
        if (!IsConnected)
        {
            throw new MattermostXsoarException(
                ErrorIds.NotConnected,
                ErrorKind.InvalidOperation,
                $"The session {Id} to {Uri} is disconnected.",
                "Connect again, with Connect-Mattermost."
            );
        }
    }

    /// <summary>Ends the session: its listener stops and its connections are closed.</summary>
    internal async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        // First the listener, which still delivers, then the clients that it uses.
        if (_mirrors is { } mirrors)
            await mirrors.CloseAsync();
        Bot.Dispose();
        Personal.Dispose();
        XsoarClient?.Dispose();
    }
}
