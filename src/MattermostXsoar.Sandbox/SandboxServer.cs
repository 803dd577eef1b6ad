using System.Diagnostics.CodeAnalysis;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Recording;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox;

/// <summary>A Mattermost and an XSOAR on two loopback ports, with people, faults and a record of every call.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private readonly Signal _cameInFreeze = new();
    private readonly FreezeGate _freeze;
    private readonly FreezeGate _socketFreeze;
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
    private readonly Signal _restarted = new();
    private Pipeline _pipeline = null!;
    private LoopbackHost? _host;
    private readonly Disturbances _disturbances = new();
    private int _restarts;
    private int _mattermostPort;
    private int _xsoarPort;

    private SandboxServer(SandboxOptions options)
    {
        _freeze = new FreezeGate(_cameInFreeze);
        _socketFreeze = new FreezeGate(_cameInFreeze);
        _options = options;
        MattermostClock = new SkewedClock(options.TimeProvider);
        XsoarClock = new SkewedClock(options.TimeProvider);
        Calls = new CallLog(options.CallCapacity, options.CallBodyCapacity);
        Faults = new FaultSet(options.TimeProvider);
        Tokens = new SandboxTokens(options.Seed);
        Fill();
    }

    /// <summary>Where the Mattermost server is.</summary>
    public Uri MattermostUri => new($"http://127.0.0.1:{_mattermostPort}/");

    /// <summary>Where the XSOAR server is; on 8.x without the prefix.</summary>
    public Uri XsoarUri => new($"http://127.0.0.1:{_xsoarPort}/");

    /// <summary>The bot's token.</summary>
    public string BotToken => Tokens.Bot;

    /// <summary>The administrator's personal access token.</summary>
    public string PersonalToken => Tokens.Personal;

    /// <summary>The XSOAR API key.</summary>
    public string XsoarApiKey => Xsoar.ApiKey;

    /// <summary>The id of the XSOAR API key; null on 6.x.</summary>
    public string? XsoarApiKeyId => Xsoar.ApiKeyId;

    /// <summary>All three secrets, and operations on them.</summary>
    public SandboxTokens Tokens { get; }

    /// <summary>The first team's name.</summary>
    public string TeamName => _options.Seed.TeamName;

    /// <summary>The Mattermost side: its state and the actions of people. A new object after a restart without
    /// state.</summary>
    public MattermostWorld Mattermost { get; private set; }

    /// <summary>The XSOAR side: its state and the actions of people. A new object after a restart without
    /// state.</summary>
    public XsoarWorld Xsoar { get; private set; }

    /// <summary>Every call that was received, except those to <c>/sandbox</c>.</summary>
    public CallLog Calls { get; }

    /// <summary>The planned faults.</summary>
    public FaultSet Faults { get; }

    /// <summary>By how much the Mattermost server's clock is ahead of the sandbox's; negative when it is behind.
    /// Everything written from now on has that time.</summary>
    public TimeSpan MattermostClockSkew
    {
        get => MattermostClock.Skew;
        set => MattermostClock.Skew = value;
    }

    /// <summary>By how much the XSOAR server's clock is ahead of the sandbox's; negative when it is behind.</summary>
    public TimeSpan XsoarClockSkew
    {
        get => XsoarClock.Skew;
        set => XsoarClock.Skew = value;
    }

    /// <summary>
    /// What was planned to go wrong and never did, each in words: faults that hit nothing, cuts that found no
    /// websocket, freezes in which nobody waited. A test that planted them has not tested what its name promises.
    /// </summary>
    public IReadOnlyList<string> WithoutEffect =>
        [
            .. Faults
                .WithoutHit.Where(static fault => fault.MayNotHappen is null)
                .Select(static fault => fault.ToString()),
            .. _disturbances.WithoutEffect,
        ];

    /// <summary>The options it was started with.</summary>
    public SandboxOptions Options => _options;

    internal SkewedClock MattermostClock { get; }

    internal SkewedClock XsoarClock { get; }

    internal bool IsFrozen => _freeze.IsFrozen;

    /// <summary>How many calls, answers and frames came during the newest freeze.</summary>
    internal int WaitedInFreeze => _freeze.Waited + _socketFreeze.Waited;

    /// <summary>Waits until so many calls, answers and frames came during the newest freeze.</summary>
    internal Task WhenWaitedInFreezeAsync(int count, CancellationToken cancellationToken) =>
        _cameInFreeze.WhenAsync(() => WaitedInFreeze >= count, cancellationToken);

    internal bool AreWebSocketsFrozen => _socketFreeze.IsFrozen;

    /// <summary>Raised after each start of a sandbox in this process, on the starting thread: for tests that look at
    /// the end whether all that they planted happened.</summary>
    public static event Action<SandboxServer>? Started;

    /// <summary>Starts both servers.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        var sandbox = new SandboxServer(options)
        {
            _mattermostPort = options.MattermostPort,
            _xsoarPort = options.XsoarPort,
        };
        await sandbox.ListenAsync();
        Started?.Invoke(sandbox);
        return sandbox;
    }

    /// <summary>
    /// Stops both servers like a killed process, and starts them on the same ports after <paramref name="downFor"/>.
    /// Connections cannot be resumed afterwards.
    /// </summary>
    /// <param name="downFor">How long nothing listens; null for as short as possible.</param>
    /// <param name="keepState">False resets the servers to their initial state: everything that was written is gone,
    /// ids are different, tokens are the same.</param>
    /// <param name="cancellationToken">Cancels the wait; the servers stay down.</param>
    public async Task RestartAsync(
        TimeSpan? downFor = null,
        bool keepState = true,
        CancellationToken cancellationToken = default
    )
    {
        await StopAsync();
        if (!keepState)
            Fill();
        if (downFor is { } span && span > TimeSpan.Zero)
            await Task.Delay(span, _options.TimeProvider, cancellationToken);
        await ContinueAsync();
    }

    /// <summary>Stops both servers; <see cref="ContinueAsync"/> starts them again.</summary>
    public async Task StopAsync()
    {
        await _lifecycle.WaitAsync();
        try
        {
            if (_host is not { } host)
                return;
            _host = null;
            Mattermost.Hub.CutAll(forget: true);
            await host.DisposeAsync();
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <summary>Starts stopped servers again, on the same ports.</summary>
    public async Task ContinueAsync()
    {
        await _lifecycle.WaitAsync();
        try
        {
            if (_host is not null)
                return;
            await ListenAsync();
            _restarts++;
            _restarted.Pulse();
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <summary>Waits until the servers have been started again this many times.</summary>
    public Task WhenRestartedAsync(int times, CancellationToken cancellationToken = default) =>
        _restarted.WhenAsync(() => _restarts >= times, cancellationToken);

    /// <summary>Drops every websocket without a close frame (1006).</summary>
    public void CutWebSockets() => _disturbances.Cut(Mattermost.Hub.CutAll(forget: false));

    /// <summary>Both servers keep their connections, accept new ones and answer nothing, like a stopped
    /// process.</summary>
    public void Freeze()
    {
        _freeze.Freeze();
        _socketFreeze.Freeze();
    }

    /// <summary>Freezes only the websockets; REST goes on.</summary>
    public void FreezeWebSockets() => _socketFreeze.Freeze();

    /// <summary>Ends a freeze. Waiting calls are answered.</summary>
    public void Thaw()
    {
        if (_freeze.IsFrozen)
            _disturbances.Frozen("servers", WaitedInFreeze);
        else if (_socketFreeze.IsFrozen)
            _disturbances.Frozen("websockets", _socketFreeze.Waited);
        _freeze.Thaw();
        _socketFreeze.Thaw();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Thaw();
        await StopAsync();
    }

    internal SandboxOptions OptionsOf(TimeProvider clock) => _options with { TimeProvider = clock };

    [MemberNotNull(nameof(Mattermost), nameof(Xsoar))]
    private void Fill()
    {
        Mattermost = new MattermostWorld(OptionsOf(MattermostClock));
        Xsoar = new XsoarWorld(OptionsOf(XsoarClock));
        Seeding.Plant(Mattermost, Xsoar, _options.Seed, _options.BotIsSystemAdmin);
        Tokens.Plant(Mattermost, Xsoar);
        _pipeline = new Pipeline(this, _freeze, _socketFreeze);
    }

    private async Task ListenAsync()
    {
        (_host, _mattermostPort, _xsoarPort) = await LoopbackHost.StartAsync(
            _mattermostPort,
            _xsoarPort,
            _pipeline.HandleAsync
        );
        Mattermost.Site = MattermostUri.AbsoluteUri.TrimEnd('/');
    }
}
