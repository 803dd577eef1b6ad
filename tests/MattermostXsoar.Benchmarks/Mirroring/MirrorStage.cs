using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>
/// A sandbox in this process, and a mirror on it as in a session: its own clients, default options, its store in a file
/// with full synchronisation.
/// </summary>
internal sealed class MirrorStage : IAsyncDisposable
{
    /// <summary>The person who writes.</summary>
    public const string Person = "user1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mattermost-xsoar-bench-");
    private readonly ClientEnvironment _environment = new();
    private readonly List<IDisposable> _clients = [];
    private MirrorServiceOptions _options = null!;
    private MirrorService _service = null!;
    private MattermostTeam _team = null!;

    private MirrorStage(SandboxServer sandbox, SteadyClock clock)
    {
        Sandbox = sandbox;
        Clock = clock;
    }

    public SandboxServer Sandbox { get; }

    /// <summary>The clock of both servers.</summary>
    public SteadyClock Clock { get; }

    /// <param name="warRoomTakes">How long each XSOAR call takes before it is handled; zero for the bare
    /// sandbox.</param>
    /// <param name="recordedCalls">How many calls the sandbox keeps.</param>
    public static async Task<MirrorStage> StartAsync(TimeSpan warRoomTakes = default, int recordedCalls = 1)
    {
        var clock = new SteadyClock();
        var options = new SandboxOptions
        {
            TimeProvider = clock,
            RecordBodies = false,
            CallCapacity = recordedCalls,
            LatencyXsoar = warRoomTakes,
        };
        var stage = new MirrorStage(await SandboxServer.StartAsync(options), clock);
        await stage.ConnectAsync();
        return stage;
    }

    /// <summary>Continues like another process, with another store.</summary>
    /// <param name="store">The name of its file.</param>
    /// <param name="noListener">Whether mirrors are only stored in it.</param>
    public async Task ContinueAsync(string store, bool noListener)
    {
        await _service.CloseAsync();
        _service = new MirrorService(_options with { StatePath = File(store), NoListener = noListener });
    }

    /// <summary>Starts the listener and waits until it has caught up.</summary>
    public async Task ListenAsync()
    {
        await _service.Listener.StartAsync(CancellationToken.None);
        await _service.Listener.WaitAsync(ListenerState.Connected, CancellationToken.None);
    }

    /// <summary>Mirrors an investigation without waiting for anything.</summary>
    public Task<MattermostMirror> MirrorAsync(string investigationId) =>
        _service.StartMirrorAsync(
            new MirrorRequest
            {
                InvestigationId = investigationId,
                Team = _team,
                KickAdmin = true,
            },
            CancellationToken.None
        );

    /// <summary>A file beside the store, so that both are on the same disk.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Mirrors a new investigation with a new channel, in which the personal token's user is not a
    /// member.</summary>
    public async Task<MattermostMirror> MirrorAsync()
    {
        var mirror = await MirrorAsync(Sandbox.Xsoar.CreateIncident("Benchmark"));
        await _service.Listener.WaitAsync(ListenerState.Connected, CancellationToken.None);
        Sandbox.Mattermost.AddMember(mirror.ChannelId, Person);
        return mirror;
    }

    /// <summary>Reads both sides now instead of at the next poll, and waits until everything has arrived.</summary>
    public Task SynchronizeAsync(string investigationId) =>
        _service.SynchronizeAsync([investigationId], CancellationToken.None);

    /// <summary>Ends a mirror, so that the next one runs alone.</summary>
    public Task EndAsync(MattermostMirror mirror) =>
        _service.StopMirrorsAsync(
            mirror.InvestigationId,
            mirror.ChannelId,
            "The repetition is over.",
            closeChannel: false,
            CancellationToken.None
        );

    /// <summary>Waits until a War Room has this many entries.</summary>
    public Task EntriesAsync(string investigationId, int count) =>
        Sandbox.Xsoar.WhenAsync(world => world.Entries(investigationId).Count >= count);

    public async ValueTask DisposeAsync()
    {
        await _service.CloseAsync();
        foreach (var client in _clients)
            client.Dispose();
        await Sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task ConnectAsync()
    {
        var transport = new TransportOptions();
        var bot = MattermostClient.Create(
            Sandbox.MattermostUri,
            Secret(Sandbox.BotToken),
            TokenRole.Bot,
            transport,
            _environment
        );
        var personal = bot.WithToken(Secret(Sandbox.PersonalToken), TokenRole.Personal);
        var xsoar = XsoarClient.Create(
            Sandbox.XsoarUri,
            Secret(Sandbox.XsoarApiKey),
            Sandbox.XsoarApiKeyId,
            transport,
            _environment
        );
        _clients.AddRange([bot, personal, xsoar]);
        _team = await personal.Teams.GetByNameAsync(Sandbox.TeamName, CancellationToken.None);
        _options = new MirrorServiceOptions
        {
            Bot = bot,
            Personal = personal,
            Xsoar = xsoar,
            BotUser = await bot.Users.GetMeAsync(CancellationToken.None),
            PersonalUser = await personal.Users.GetMeAsync(CancellationToken.None),
            WarRoomLink = id => XsoarLinks.WarRoom(Sandbox.XsoarUri, new Version(6, 14), id),
            Environment = _environment,
            StatePath = File("state.db"),
        };
        _service = new MirrorService(_options);
    }

    private AccessToken Secret(string text) => new(text, _environment.Redactor);
}
