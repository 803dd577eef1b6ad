using System.Collections.Concurrent;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// The listener: holds the lease, listens to Mattermost, polls XSOAR, and runs every mirror that is not stopped, until
/// it is told to stop. An unexpected error concerns only the part that it occurs in, which rests and begins again; only
/// a lost store or lease ends the listener, with an error for everybody who waits for it.
/// </summary>
internal sealed class MirrorListener
{
    private static readonly TimeSpan StoreCheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    // A server that is down must not hold up the start: what is known of it from earlier is used.
    private static readonly TimeSpan SettingsLimit = TimeSpan.FromSeconds(5);

    private readonly MirrorContext _context;
    private readonly MirrorRuntime _runtime;
    private readonly ClientEnvironment _environment;
    private readonly RealtimeOptions? _realtimeOptions;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ListenerLease _lease;
    private readonly MirrorSupervisor _supervisor;
    private readonly InvestigationPoller _poller;
    private readonly ListenerStatus _status;
    private readonly ListenerParts _parts;
    private Task _running = Task.CompletedTask;
    private volatile bool _isStopRequested;
    private long _stopRequestedAt;
    private long _knownVersion;

    private MirrorListener(
        MirrorContext context,
        ClientEnvironment environment,
        RealtimeOptions? realtimeOptions,
        IReadOnlyList<Func<MirrorContext, IListenerPart>> parts,
        ListenerLease lease
    )
    {
        _context = context;
        _runtime = context.Runtime;
        _environment = environment;
        _realtimeOptions = realtimeOptions;
        _lease = lease;
        _status = new ListenerStatus(context.Runtime.Time, context.Runtime.Log);
        _supervisor = new MirrorSupervisor(context);
        _parts = new ListenerParts(context, parts);
        _poller = new InvestigationPoller(context.Xsoar, context.Store, context.Runtime, () => _supervisor.All);
        _status.IsCatchingUp = () => _supervisor.All.Any(worker => worker.Chat.IsCatchingUp);
        _supervisor.Starting += worker =>
        {
            worker.Chat.CaughtUp += _status.OnProgress;
            worker.WarRoom.Found += recorded => _poller.NoteFound(worker, recorded);
        };
    }

    /// <summary>Ends when the listener has ended; throws the error that ended it.</summary>
    public Task Completion => _running;

    public ListenerState State => _status.State;

    /// <summary>Takes the lease and starts.</summary>
    /// <exception cref="MattermostXsoarException">ListenerAlreadyRunning; StoreUnavailable.</exception>
    public static async Task<MirrorListener> StartAsync(
        MirrorContext context,
        ClientEnvironment environment,
        RealtimeOptions? realtimeOptions,
        IReadOnlyList<Func<MirrorContext, IListenerPart>> parts
    )
    {
        var lease = ListenerLease.Take(context.Store.FilePath, context.Runtime.Time);
        var listener = new MirrorListener(context, environment, realtimeOptions, parts, lease);
        try
        {
            listener._status.NoteStarting();
            await AskForSettingsAsync(context).ConfigureAwait(false);
            await listener._supervisor.RefreshAsync().ConfigureAwait(false);
            var mirrors = listener._supervisor.All.Count;
            context.Runtime.Log.Information(
                ListenerLogEvents.Started,
                $"The listener (version {ModuleMeter.Instance.Version}) runs with the state file "
                    + $"'{context.Store.FilePath}'; mirrors: {mirrors}.",
                null,
                new() { Count = mirrors }
            );
            listener._running = Task.Run(listener.RunAsync);
            return listener;
        }
        catch
        {
            await listener._supervisor.StopAllAsync().ConfigureAwait(false);
            lease.Dispose();
            throw;
        }
    }

    // How an entry is split is settled when it is recorded.
    private static async Task AskForSettingsAsync(MirrorContext context)
    {
        using var limited = new CancellationTokenSource();
        using var limit = TimeLimit.Start(limited, SettingsLimit, context.Runtime.Time);
        try
        {
            await context.Mattermost.Bot.Settings.GetAsync(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reconciler asks again.
        }
    }

    public MattermostListener View()
    {
        var view = _status.View() with { LastPollAt = _poller.LastPollAt, StatePath = _context.Store.FilePath };
        // It is connected, but what it receives cannot be recorded.
        if (_context.Store.WriteTrouble is { } error && view.Reason is null)
            view = view with { Reason = ErrorSummary.Of(error) };
        return ListenerCounts.AddTo(view, _context.Store);
    }

    /// <summary>Waits for a state.</summary>
    public Task WaitAsync(ListenerState state, CancellationToken cancellationToken) =>
        _status.WaitAsync(state, cancellationToken);

    /// <summary>Applies that mirrors were started, changed or stopped.</summary>
    public async Task RefreshAsync()
    {
        await _supervisor.RefreshAsync().ConfigureAwait(false);
        _status.OnProgress();
        _poller.NoteActivity();
    }

    /// <summary>
    /// Delivers everything that exists now, both ways, and waits until it has arrived or was refused.
    /// </summary>
    /// <returns>The error of each mirror that could not be finished.</returns>
    public async Task<IReadOnlyDictionary<string, Exception>> SynchronizeAsync(
        IReadOnlyCollection<string>? investigationIds,
        CancellationToken cancellationToken
    )
    {
        await RefreshAsync().ConfigureAwait(false);
        var failures = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        await Task.WhenAll(
                _supervisor
                    .All.Where(worker =>
                        investigationIds is null || investigationIds.Contains(worker.Mirror.InvestigationId)
                    )
                    .Select(async worker =>
                    {
                        try
                        {
                            await worker.SynchronizeAsync(cancellationToken).ConfigureAwait(false);
                        }
                        catch (MattermostXsoarException exception)
                        {
                            failures[worker.Mirror.InvestigationId] = exception;
                        }
                    })
            )
            .ConfigureAwait(false);
        return failures;
    }

    /// <summary>Delivers what was written so far, for as long as a listener that stops waits for deliveries.</summary>
    public async Task FinishAsync(IReadOnlyCollection<string> investigationIds, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = TimeLimit.Start(limited, _runtime.Options.StopGrace, _runtime.Time);
        try
        {
            await SynchronizeAsync(investigationIds, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _runtime.Log.Information(
                ListenerLogEvents.MirrorStopIncomplete,
                "The newest messages could not be delivered before the stop; those that were recorded stay recorded."
            );
        }
    }

    /// <summary>Lets the deliveries under way arrive, ends everything and releases the lease.</summary>
    public async Task StopAsync()
    {
        if (!_isStopRequested && !_running.IsCompleted)
        {
            _stopRequestedAt = _runtime.Time.GetTimestamp();
            _runtime.Log.Information(
                ListenerLogEvents.Stopping,
                "The listener is stopping; the deliveries under way arrive first."
            );
        }

        _isStopRequested = true;
        _stopping.Cancel();
        await Task.WhenAny(_running).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            var connection = new RealtimeConnection(
                _context.Mattermost.Bot.BaseUri,
                _context.Mattermost.Bot.Token,
                _context.Mattermost.Bot.Transport,
                _environment,
                cancellationToken => _context.Mattermost.Bot.Users.GetMeAsync(cancellationToken),
                _realtimeOptions
            );
            MirrorMetrics.Show(_context.Store, _runtime.Time);
            var reconciler = new ChannelReconciler(_context.Mattermost, _runtime, _supervisor);
            var events = new ChatEventRouter(_context.Mattermost, _runtime, _supervisor, reconciler, _status);
            var sink = _parts.SinkAfter(events);
            var stopping = _stopping.Token;
            var tasks = new[]
            {
                Retrying(ListenerLogEvents.Reconnecting).RunAsync(() => connection.RunAsync(sink, stopping), stopping),
                _parts.RunAsync(stopping),
                _poller.RunAsync(stopping),
                reconciler.RunAsync(stopping),
                Retrying(ListenerLogEvents.StoreReadFailed).RepeatAsync(FollowStoreAsync, StoreCheckInterval, stopping),
                Retrying(ListenerLogEvents.StoreWriteFailed)
                    .RepeatAsync(() => PruneAsync(stopping), PruneInterval, stopping),
                WatchLeaseAsync(stopping),
            };
            var first = await Task.WhenAny(tasks).ConfigureAwait(false);
            _stopping.Cancel();
            await Task.WhenAny(Task.WhenAll(tasks)).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isStopRequested)
        {
            await EndAsync(null).ConfigureAwait(false);
            return;
        }
        catch (Exception exception)
        {
            await EndAsync(exception).ConfigureAwait(false);
            throw;
        }

        await EndAsync(null).ConfigureAwait(false);
    }

    private async Task EndAsync(Exception? failure)
    {
        MirrorMetrics.Hide(_context.Store);
        await _supervisor.StopAllAsync().ConfigureAwait(false);
        _lease.Dispose();
        if (failure is null)
            _status.NoteStopped(_isStopRequested ? _runtime.Time.GetElapsedTime(_stopRequestedAt) : null);
        else
            _status.NoteFailed(failure);
    }

    private RetryLoop Retrying(string what) =>
        new(_runtime, new RecurringErrorLog(_runtime.Log, _runtime.Time, what, ListenerLogLevel.Error));

    // Thrown, not repeated: a second listener could take a new lock and deliver every message again.
    private async Task WatchLeaseAsync(CancellationToken stopping)
    {
        while (true)
        {
            _lease.CheckInPlace(_context.Store);
            _lease.NoteAlive();
            await _runtime.Time.Delay(StoreCheckInterval, stopping).ConfigureAwait(false);
        }
    }

    // Another process may start, change or stop mirrors in the same file.
    private async Task FollowStoreAsync()
    {
        var version = _context.Store.DataVersion();
        if (version == _knownVersion)
            return;
        if (_supervisor.IsOutOfDate())
            await RefreshAsync().ConfigureAwait(false);
        _knownVersion = version;
    }

    private async Task PruneAsync(CancellationToken stopping)
    {
        var options = _runtime.Options;
        var warRoomWindow = options.EditWindow + options.WarRoomOverlap;
        while (
            await _context.Store.PruneAsync(options.Memory, options.ChatLookBack, warRoomWindow).ConfigureAwait(false)
            > 0
        )
            stopping.ThrowIfCancellationRequested();
    }
}
