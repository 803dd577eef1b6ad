using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A sandbox, and a session's mirror service on it as the cmdlets have it, with a store of its own.</summary>
internal sealed class MirrorHarness : IAsyncDisposable
{
    /// <summary>Far beyond what anything here takes: reaching it means that something hangs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>The same on a fast clock: minutes on the machine's, too.</summary>
    public static readonly TimeSpan FastDeadline = Deadline * 240;

    private static readonly Regex Head = new(
        @"^(> .*\n\n)?\*\*.*?\*\*( \([A-Za-z*, ]+\))?:",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex QuoteMarks = new("^> ?", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    // Whoever waits for something looks through all of them at each change.
    private readonly ConcurrentDictionary<string, string> _inWarRoom = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _inChat = new(StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();
    private readonly List<MirrorService> _services = [];
    private readonly List<IDisposable> _clients = [];
    private readonly CancellationTokenSource _deadline = new(Deadline);
    private readonly MirrorOptions _mirroring;

    private readonly TimeSpan _timeout;
    private readonly ObservedClock _clock;
    private readonly RealtimeOptions _realtime;

    private MirrorHarness(SandboxServer sandbox, MirrorOptions mirroring, TimeSpan timeout, TimeProvider? clock)
    {
        Sandbox = sandbox;
        _clock = new ObservedClock(clock ?? TimeProvider.System);
        _realtime = clock is null ? QuickRealtime : PatientRealtime;
        _timeout = timeout;
        _mirroring = mirroring;
    }

    public SandboxServer Sandbox { get; }

    public MirrorService Service => _services[^1];

    public MattermostTeam Team { get; private set; } = null!;

    public List<ListenerLogRecord> Log { get; } = [];

    public CancellationToken Token => _deadline.Token;

    /// <summary>
    /// What is between the module and the servers: gets each request with its body and answers in place of the server,
    /// or lets it pass with null. For the services that begin after it was set; null for nothing.
    /// </summary>
    public Func<HttpRequestMessage, string, HttpResponseMessage?>? Between { get; set; }

    /// <summary>What the listener runs beside the mirrors. For the services that begin after it was set.</summary>
    public IReadOnlyList<Func<MirrorContext, IListenerPart>> ListenerParts { get; set; } = [];

    public string BotUserId => Sandbox.Mattermost.User(Sandbox.Options.Seed.Bot).Id;

    public string StatePath => _folder.File("state.db");

    /// <summary>Intervals short enough for a test; everything else as in earnest.</summary>
    public static MirrorOptions Quick { get; } =
        new()
        {
            ActivePoll = TimeSpan.FromMilliseconds(50),
            IdlePoll = TimeSpan.FromMilliseconds(200),
            FirstRetry = TimeSpan.FromMilliseconds(20),
            LongestRetry = TimeSpan.FromMilliseconds(300),
            SettleTime = TimeSpan.FromMilliseconds(100),
            PausedRetry = TimeSpan.FromMilliseconds(200),
        };

    // On a fast clock everything is as in earnest but the time limits, which a busy machine would break.
    private static RealtimeOptions PatientRealtime =>
        new()
        {
            PongTimeout = FastDeadline,
            HelloTimeout = FastDeadline,
            ConnectTimeout = FastDeadline,
            TokenCheckTimeout = FastDeadline,
        };

    private static RealtimeOptions QuickRealtime =>
        new()
        {
            FirstRetryMinimum = TimeSpan.FromMilliseconds(20),
            FirstRetryMaximum = TimeSpan.FromMilliseconds(60),
            BackoffBase = TimeSpan.FromMilliseconds(100),
            BackoffMaximum = TimeSpan.FromMilliseconds(500),
            PingInterval = TimeSpan.FromSeconds(1),
            PongTimeout = TimeSpan.FromSeconds(1),
            TokenRetryInterval = TimeSpan.FromMilliseconds(300),
        };

    public static async Task<MirrorHarness> StartAsync(
        SandboxOptions? sandbox = null,
        MirrorOptions? mirroring = null,
        TimeSpan? timeout = null,
        TimeProvider? clock = null
    )
    {
        var harness = new MirrorHarness(
            await SandboxServer.StartAsync(sandbox),
            mirroring ?? Quick,
            timeout ?? TimeSpan.FromSeconds(5),
            clock
        );
        await harness.NewServiceAsync();
        return harness;
    }

    /// <summary>A service as a process that starts now would have it, on the same store.</summary>
    public async Task<MirrorService> NewServiceAsync(
        bool noListener = false,
        StopPoints? stopPoints = null,
        string? botToken = null,
        string? statePath = null
    )
    {
        var environment = new ClientEnvironment
        {
            TimeProvider = _clock,
            Handler = Between is null ? null : NewHandler,
        };
        var transport = new TransportOptions { Timeout = _timeout };
        var bot = MattermostClient.Create(
            Sandbox.MattermostUri,
            new AccessToken(botToken ?? Sandbox.BotToken, environment.Redactor),
            TokenRole.Bot,
            transport,
            environment
        );
        var personal = bot.WithToken(new AccessToken(Sandbox.PersonalToken, environment.Redactor), TokenRole.Personal);
        var xsoar = XsoarClient.Create(
            Sandbox.XsoarUri,
            new AccessToken(Sandbox.XsoarApiKey, environment.Redactor),
            Sandbox.XsoarApiKeyId,
            transport,
            environment
        );
        _clients.AddRange([bot, personal, xsoar]);
        Team = await personal.Teams.GetByNameAsync(Sandbox.TeamName, Token);
        var service = new MirrorService(
            new MirrorServiceOptions
            {
                Bot = bot,
                Personal = personal,
                Xsoar = xsoar,
                BotUser = await bot.Users.GetMeAsync(Token),
                PersonalUser = await personal.Users.GetMeAsync(Token),
                WarRoomLink = id => XsoarLinks.WarRoom(Sandbox.XsoarUri, new Version(6, 14), id),
                Environment = environment,
                StatePath = statePath ?? StatePath,
                NoListener = noListener,
                Mirroring = _mirroring,
                StopPoints = stopPoints,
                ListenerParts = ListenerParts,
                Realtime = _realtime,
            }
        );
        service.Listener.Log.Subscribe(record =>
        {
            lock (Log)
                Log.Add(record);
        });
        _services.Add(service);
        return service;
    }

    public Task<MattermostMirror> MirrorAsync(string investigationId = "1", string? channel = null) =>
        Service.StartMirrorAsync(Request(investigationId) with { Channel = channel }, Token);

    public MirrorRequest Request(string investigationId = "1") =>
        new()
        {
            InvestigationId = investigationId,
            Team = Team,
            AllowPublic = true,
        };

    /// <summary>Mirrors and waits until the listener is connected and has caught up.</summary>
    public async Task<MattermostMirror> MirrorConnectedAsync(string investigationId = "1", string? channel = null)
    {
        var mirror = await MirrorAsync(investigationId, channel);
        await Service.Listener.WaitAsync(ListenerState.Connected, Token);
        foreach (var person in Sandbox.Options.Seed.People)
            Sandbox.Mattermost.AddMember(mirror.ChannelName, person.Username);
        return mirror;
    }

    /// <summary>The texts that people wrote in the chat as they are in the War Room, without author and
    /// footer.</summary>
    public List<string> MirroredInWarRoom(string investigationId = "1") =>
        Sandbox
            .Xsoar.Entries(investigationId)
            .Where(entry => entry.Contents.Contains("**From Mattermost**", StringComparison.Ordinal))
            .Select(entry => _inWarRoom.GetOrAdd(entry.Contents, TextInWarRoom))
            .ToList();

    /// <summary>What came from the chat as it is in the War Room.</summary>
    public List<string> FromChat(string investigationId = "1") =>
        Sandbox
            .Xsoar.Entries(investigationId)
            .Select(entry => entry.Contents)
            .Where(contents => contents.Contains("**From Mattermost**", StringComparison.Ordinal))
            .ToList();

    /// <summary>Sets both servers' clocks forward, for what must not happen at the same time.</summary>
    public void Tick(TimeSpan? time = null)
    {
        Sandbox.MattermostClockSkew += time ?? TimeSpan.FromMilliseconds(3);
        Sandbox.XsoarClockSkew += time ?? TimeSpan.FromMilliseconds(3);
    }

    /// <summary>Waits until the listener has begun this many further waits: for an answer, its next poll, its next
    /// retry.</summary>
    public Task WaitsAsync(int count = 1) => _clock.WaitsAsync(count, Token);

    /// <summary>Waits until the condition holds; it is looked at now and whenever the listener begins to wait.</summary>
    public Task WhenAsync(Func<bool> condition) => _clock.WhenAsync(condition, Token);

    /// <summary>The bot's posts for War Room entries, without their author.</summary>
    public List<string> MirroredInChat(string channel) =>
        Sandbox
            .Mattermost.Messages(channel)
            .Where(post => post.Props.ContainsKey("xsoar_entry_id") && post.DeleteAt == 0)
            .Select(post => _inChat.GetOrAdd(post.Message, TextOf))
            .ToList();

    /// <summary>
    /// The bot's posts for War Room entries in the order in which Mattermost took them. The channel shows them by
    /// create_at, which is another order when the server's clock was set back.
    /// </summary>
    public List<string> ArrivedInChat() =>
        Sandbox
            .Calls.Where(call => call is { Server: "mattermost", Method: "POST", Path: "/api/v4/posts", Status: 201 })
            .Select(call => JsonDocument.Parse(call.Body).RootElement)
            .Where(post => post.TryGetProperty("props", out var props) && props.TryGetProperty("xsoar_entry_id", out _))
            .Select(post => TextOf(post.GetProperty("message").GetString()!))
            .ToList();

    public Task WarRoomAsync(Func<List<string>, bool> condition, string investigationId = "1") =>
        Sandbox.Xsoar.WhenAsync(_ => condition(MirroredInWarRoom(investigationId)), Token);

    public Task ChatAsync(string channel, Func<List<string>, bool> condition) =>
        Sandbox.Mattermost.WhenAsync(_ => condition(MirroredInChat(channel)), Token);

    /// <summary>Waits until a mirror is as wanted; its view is read again whenever the listener begins to
    /// wait.</summary>
    public async Task<MattermostMirror> MirrorIsAsync(
        Func<MattermostMirror, bool> condition,
        string investigationId = "1"
    )
    {
        MattermostMirror? found = null;
        await WhenAsync(() =>
        {
            found = Service.GetMirrors(investigationId) is [var mirror] && condition(mirror) ? mirror : null;
            return found is not null;
        });
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
            await service.CloseAsync();
        foreach (var client in _clients)
            client.Dispose();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
        _deadline.Dispose();
    }

    private BodyFilter NewHandler() => new BodyFilter(Between!);

    private static string TextInWarRoom(string contents) =>
        QuoteMarks.Replace(TextOf(contents.Split("\n**From Mattermost**")[0]), "").TrimEnd('\n');

    private static string TextOf(string message) => Head.Replace(message, "", 1).TrimStart();
}
