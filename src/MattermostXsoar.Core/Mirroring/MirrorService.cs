using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Lifecycle;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>
/// Everything a session does with mirrors and their listener. The store is opened when it is first needed.
/// </summary>
internal sealed class MirrorService
{
    private readonly MirrorServiceOptions _options;
    private readonly SemaphoreSlim _listenerGate = new(1, 1);
    private readonly object _lock = new();
    private readonly DateTimeOffset _createdAt;
    private MirrorContext? _context;
    private MirrorListener? _listener;
    private bool _disposed;

    public MirrorService(MirrorServiceOptions options)
    {
        _options = options;
        StatePath = StorePath.Resolve(options.StatePath, options.Bot.BaseUri);
        _createdAt = options.Environment.TimeProvider.GetUtcNow();
        Log = new ListenerLog(options.Environment.TimeProvider, options.Environment.Redactor.Redact);
    }

    /// <summary>The listener's log; its records are written as things happen, from any thread.</summary>
    public ListenerLog Log { get; }

    /// <summary>The state file.</summary>
    public string StatePath { get; }

    /// <summary>What starting or changing a mirror will do. Changes nothing.</summary>
    /// <exception cref="MattermostXsoarException">See <see cref="MirrorStarter.PlanAsync"/>; MirroringDisabled;
    /// XsoarNotConfigured.</exception>
    public Task<MirrorPlan> PlanMirrorAsync(MirrorRequest request, CancellationToken cancellationToken) =>
        Starter().PlanAsync(request, cancellationToken);

    /// <summary>
    /// Starts or changes a mirror, and starts the session's listener unless it runs or is not wanted.
    /// </summary>
    /// <exception cref="MattermostXsoarException">See <see cref="MirrorStarter.StartAsync"/>.</exception>
    public async Task<MattermostMirror> StartMirrorAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        var saved = await Starter().StartAsync(plan, cancellationToken).ConfigureAwait(false);
        await ListenForAsync(saved, cancellationToken).ConfigureAwait(false);
        return GetMirrors(saved.InvestigationId, saved.ChannelId)[0];
    }

    /// <summary>Plans and starts a mirror.</summary>
    public async Task<MattermostMirror> StartMirrorAsync(MirrorRequest request, CancellationToken cancellationToken) =>
        await StartMirrorAsync(
                await PlanMirrorAsync(request, cancellationToken).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>The mirrors, all or those of an investigation or a channel (name or id).</summary>
    public IReadOnlyList<MattermostMirror> GetMirrors(string? investigationId = null, string? channel = null) =>
        MirrorViews
            .Read(Context().Store, Context().Runtime.Time)
            .Where(mirror =>
                (investigationId is null || mirror.InvestigationId == investigationId)
                && (
                    channel is null
                    || mirror.ChannelId == channel
                    || string.Equals(mirror.ChannelName, channel, StringComparison.OrdinalIgnoreCase)
                )
            )
            .ToList();

    /// <summary>The mirrors of an investigation or a channel, at least one.</summary>
    /// <exception cref="MattermostXsoarException">MirrorNotFound.</exception>
    public IReadOnlyList<MattermostMirror> FindMirrors(string? investigationId, string? channel) =>
        GetMirrors(investigationId, channel) is { Count: > 0 } found ? found : throw NotFound(investigationId, channel);

    /// <summary>
    /// Stops mirrors, after what was written before has been delivered, as far as this session's listener can do so in
    /// a few seconds. What was recorded of them stays, and starting them again goes on from then.
    /// </summary>
    /// <exception cref="MattermostXsoarException">MirrorNotFound.</exception>
    public async Task<IReadOnlyList<MattermostMirror>> StopMirrorsAsync(
        string? investigationId,
        string? channel,
        string reason,
        bool closeChannel,
        CancellationToken cancellationToken
    )
    {
        var context = Context();
        var found = FindMirrors(investigationId, channel);
        var active = found
            .Where(mirror => mirror.State == MirrorState.Active)
            .Select(mirror => mirror.InvestigationId)
            .ToList();
        if (active.Count > 0 && Listener is { Completion.IsCompleted: false } running)
            await running.FinishAsync(active, cancellationToken).ConfigureAwait(false);
        var stored = context.Store.ReadMirrors();
        foreach (
            var mirror in stored.Where(mirror =>
                found.Any(view => view.InvestigationId == mirror.InvestigationId && view.ChannelId == mirror.ChannelId)
            )
        )
        {
            await context
                .Store.SetMirrorStateAsync(
                    mirror.Id,
                    MirrorState.Stopped,
                    reason,
                    byPerson: true,
                    MirrorState.Active,
                    MirrorState.Paused,
                    MirrorState.Closed
                )
                .ConfigureAwait(false);
        }

        if (Listener is { } listener)
            await listener.RefreshAsync().ConfigureAwait(false);
        if (closeChannel)
        {
            foreach (var channelId in found.Select(mirror => mirror.ChannelId).Distinct())
                await new ChannelAccess(context.Mattermost)
                    .ArchiveAsync(channelId, cancellationToken)
                    .ConfigureAwait(false);
        }

        return GetMirrors(investigationId, channel);
    }

    /// <summary>
    /// The deliveries that were refused for good, all or those of an investigation or a channel (name or id).
    /// </summary>
    public IReadOnlyList<MattermostFailedDelivery> GetFailedDeliveries(
        string? investigationId = null,
        string? channel = null
    )
    {
        var mirrors = GetMirrors(investigationId, channel);
        return FailedDeliveries
            .Read(Context().Mattermost, Context().Xsoar, Context().Store)
            .Where(delivery =>
                mirrors.Any(mirror =>
                    mirror.InvestigationId == delivery.InvestigationId && mirror.ChannelId == delivery.ChannelId
                )
            )
            .ToList();
    }

    /// <summary>
    /// Has deliveries that were refused for good tried again, and delivers everything that exists now. If another
    /// process runs the listener, that one does it, within a second or two.
    /// </summary>
    /// <returns>As <see cref="SynchronizeAsync"/>.</returns>
    public async Task<(
        IReadOnlyList<MattermostMirror> Mirrors,
        IReadOnlyDictionary<string, Exception> Failures
    )> RetryFailedAsync(IReadOnlyCollection<string>? investigationIds, CancellationToken cancellationToken)
    {
        await FailedDeliveries.RetryAsync(Context().Store, Context().Runtime, investigationIds).ConfigureAwait(false);
        try
        {
            return await SynchronizeAsync(investigationIds, cancellationToken).ConfigureAwait(false);
        }
        catch (MattermostXsoarException exception) when (exception.ErrorId == ErrorIds.ListenerAlreadyRunning)
        {
            Log.Information(
                ListenerLogEvents.OtherListenerActive,
                $"{exception.Message} It tries the failed deliveries again within a second or two."
            );
            return (OfInvestigations(investigationIds), new Dictionary<string, Exception>());
        }
    }

    /// <summary>Delivers everything that exists now, both ways.</summary>
    /// <returns>The mirrors, and the error of each that could not be finished.</returns>
    public async Task<(
        IReadOnlyList<MattermostMirror> Mirrors,
        IReadOnlyDictionary<string, Exception> Failures
    )> SynchronizeAsync(IReadOnlyCollection<string>? investigationIds, CancellationToken cancellationToken)
    {
        var context = Context();
        IReadOnlyDictionary<string, Exception> failures = new Dictionary<string, Exception>();
        if (Listener is { Completion.IsCompleted: false } listener)
            failures = await listener.SynchronizeAsync(investigationIds, cancellationToken).ConfigureAwait(false);
        else
            failures = await MirrorPass.RunAsync(context, investigationIds, cancellationToken).ConfigureAwait(false);
        return (OfInvestigations(investigationIds), failures);
    }

    private List<MattermostMirror> OfInvestigations(IReadOnlyCollection<string>? ids) =>
        GetMirrors().Where(mirror => ids is null || ids.Contains(mirror.InvestigationId)).ToList();

    /// <summary>Starts the session's listener; a running one is left as it is.</summary>
    /// <exception cref="MattermostXsoarException">
    /// ListenerAlreadyRunning when another process or session holds the state file.
    /// </exception>
    public async Task StartListenerAsync(CancellationToken cancellationToken)
    {
        var context = Context();
        await _listenerGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Listener is null or { Completion.IsCompleted: true })
                Listener = await MirrorListener
                    .StartAsync(context, _options.Environment, _options.Realtime)
                    .ConfigureAwait(false);
        }
        finally
        {
            _listenerGate.Release();
        }
    }

    /// <summary>Stops the session's listener after the deliveries under way have arrived.</summary>
    public async Task StopListenerAsync()
    {
        await _listenerGate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Listener is { } listener)
                await listener.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _listenerGate.Release();
        }
    }

    /// <summary>The session's listener as it is now.</summary>
    public MattermostListener GetListener()
    {
        if (Listener is { } listener)
            return listener.View();
        var none = new MattermostListener
        {
            State = ListenerState.Stopped,
            StateSince = _createdAt,
            StatePath = StatePath,
            Reason = ListenerLease.LastHolder(StatePath) is { } holder
                ? $"This session runs no listener. The last one with this state file: {holder}."
                : null,
        };
        // A call before there ever was a listener creates no state file, and is not an error in a session that mirrors
        // nothing.
        return File.Exists(StatePath) && _options is { NoMirroring: false, Xsoar: not null }
            ? ListenerCounts.AddTo(none, Context().Store)
            : none;
    }

    /// <summary>
    /// Waits until the listener is in a state; for <see cref="ListenerState.Stopped"/>, until it has ended.
    /// </summary>
    /// <exception cref="MattermostXsoarException">The error that ended the listener.</exception>
    public async Task WaitListenerAsync(ListenerState state, CancellationToken cancellationToken)
    {
        if (
            Listener is { } listener
            && (
                !listener.Completion.IsCompleted
                || state == ListenerState.Stopped
                || listener.State is ListenerState.Failed
            )
        )
        {
            await listener.WaitAsync(state, cancellationToken).ConfigureAwait(false);
        }
        else if (state != ListenerState.Stopped)
        {
            throw new MattermostXsoarException(
                ErrorIds.ListenerNotRunning,
                ErrorKind.InvalidOperation,
                "This session runs no listener.",
                "Start one with Start-MattermostListener."
            );
        }
    }

    /// <summary>What the session's listener is doing.</summary>
    public ListenerState ListenerState => Listener?.State ?? ListenerState.Stopped;

    /// <summary>Stops the listener, lets the deliveries under way arrive, and closes the store.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
            _disposed = true;
        await StopListenerAsync().ConfigureAwait(false);
        _context?.Store.Dispose();
    }

    private MirrorListener? Listener
    {
        get
        {
            lock (_lock)
                return _listener;
        }
        set
        {
            lock (_lock)
                _listener = value;
        }
    }

    private async Task ListenForAsync(MirrorRecord mirror, CancellationToken cancellationToken)
    {
        if (Listener is { Completion.IsCompleted: false } running)
        {
            await running.RefreshAsync().ConfigureAwait(false);
            return;
        }

        if (_options.NoListener)
            return;
        try
        {
            await StartListenerAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MattermostXsoarException exception) when (exception.ErrorId == ErrorIds.ListenerAlreadyRunning)
        {
            // The other listener finds the mirror in the store.
            Log.Information(
                ListenerLogEvents.OtherListenerActive,
                $"{exception.Message} It runs the mirror within a second or two.",
                MirrorKey.Of(mirror)
            );
        }
    }

    private MirrorStarter Starter() => new(Context().Mattermost, Context().Xsoar, Context().Store, Context().Runtime);

    private MirrorContext Context()
    {
        if (_options.NoMirroring)
        {
            throw new MattermostXsoarException(
                ErrorIds.MirroringDisabled,
                ErrorKind.InvalidOperation,
                "Mirroring is switched off in this session.",
                "Connect again without -NoMirroring (in a configuration file: \"mirroring\": true)."
            );
        }

        if (_options.Xsoar is null)
        {
            throw new MattermostXsoarException(
                ErrorIds.XsoarNotConfigured,
                ErrorKind.InvalidOperation,
                "This session is not connected with an XSOAR server, which mirroring needs.",
                "Connect again with -XsoarUri and -XsoarApiKey (XSOAR 8: -XsoarApiKeyId as well)."
            );
        }

        lock (_lock)
        {
            if (_disposed)
                throw new MattermostXsoarException(
                    ErrorIds.NotConnected,
                    ErrorKind.InvalidOperation,
                    "This session is disconnected.",
                    "Connect again with Connect-Mattermost."
                );
            return _context ??= Open(_options.Xsoar);
        }
    }

    private MirrorContext Open(XsoarClient client)
    {
        var time = _options.Environment.TimeProvider;
        var stops = _options.StopPoints ?? StopPoints.OfProcess();
        return new MirrorContext
        {
            Mattermost = new MattermostAccess
            {
                Bot = _options.Bot,
                Personal = _options.Personal,
                BotUser = _options.BotUser,
                PersonalUser = _options.PersonalUser,
                Users = new UserCache(_options.Bot, time),
            },
            Xsoar = new XsoarAccess
            {
                Client = client,
                LinkTo = _options.WarRoomLink,
                CreatesInvestigationsOnRead = _options.CreatesInvestigationsOnRead,
            },
            Store = StateStore.Open(StatePath, _options.BotUser.Id, time, stops),
            Runtime = new MirrorRuntime
            {
                Time = time,
                Random = _options.Environment.Random,
                Options = _options.Mirroring,
                Log = Log,
                StopPoints = stops,
            },
        };
    }

    private static MattermostXsoarException NotFound(string? investigationId, string? channel) =>
        new(
            ErrorIds.MirrorNotFound,
            ErrorKind.NotFound,
            investigationId is null ? $"Channel '{channel}' has no mirror."
                : channel is null ? $"Investigation '{investigationId}' has no mirror."
                : $"Investigation '{investigationId}' has no mirror with channel '{channel}'.",
            "Get-MattermostMirror lists the mirrors of this state file."
        );
}
