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
/// The listener: holds the lease, listens to Mattermost, watches XSOAR, and keeps every mirror that is not stopped at
/// work, until it is told to stop. It ends by itself only on an error of its own that nothing foresaw, which everybody
/// who waits is told, or when its store is taken away; a mirror's error is that mirror's alone.
/// </summary>
internal sealed class MirrorListener
{
    private static readonly TimeSpan StoreLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly MirrorContext _context;
    private readonly ClientEnvironment _environment;
    private readonly RealtimeOptions? _realtimeOptions;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ListenerLease _lease;
    private readonly MirrorSupervisor _roster;
    private readonly InvestigationPoller _watch;
    private readonly ListenerStatus _status;
    private Task _running = Task.CompletedTask;
    private volatile bool _isAskedToStop;
    private long _stopAskedAt;

    private MirrorListener(
        MirrorContext context,
        ClientEnvironment environment,
        RealtimeOptions? realtimeOptions,
        ListenerLease lease
    )
    {
        _context = context;
        _environment = environment;
        _realtimeOptions = realtimeOptions;
        _lease = lease;
        _status = new ListenerStatus(context.Time, context.Log);
        _roster = new MirrorSupervisor(context);
        _watch = new InvestigationPoller(context, _roster);
        _status.IsCatchingUp = () => _roster.All.Any(loop => loop.Chat.IsCatchingUp);
        _roster.Starting += loop =>
        {
            loop.Chat.CaughtUp += _status.NoteProgress;
            loop.WarRoom.Found += _ => _watch.NoteFound(loop);
        };
    }

    /// <summary>Ends when the listener has ended; throws the error that ended it.</summary>
    public Task Completion => _running;

    public ListenerState State => _status.State;

    /// <summary>Takes the lease and begins.</summary>
    /// <exception cref="MattermostXsoarException">ListenerAlreadyRunning; StoreUnavailable.</exception>
    public static async Task<MirrorListener> StartAsync(
        MirrorContext context,
        ClientEnvironment environment,
        RealtimeOptions? realtimeOptions = null
    )
    {
        var lease = ListenerLease.Take(context.Store.FilePath, context.Time);
        var listener = new MirrorListener(context, environment, realtimeOptions, lease);
        try
        {
            listener._status.NoteStarting();
            await listener._roster.RefreshAsync().ConfigureAwait(false);
            var mirrors = listener._roster.All.Count;
            context.Log.Information(
                ListenerLogEvents.Started,
                $"The listener (version {ModuleMeter.Instance.Version}) works with '{context.Store.FilePath}'; mirrors: {mirrors}.",
                null,
                new() { Count = mirrors }
            );
            listener._running = Task.Run(listener.RunAsync);
            return listener;
        }
        catch
        {
            await listener._roster.StopAllAsync().ConfigureAwait(false);
            lease.Dispose();
            throw;
        }
    }

    public MattermostListener View()
    {
        var view = _status.View() with { LastPollAt = _watch.LastPollAt, StatePath = _context.Store.FilePath };
        // It is connected, but what comes cannot be recorded.
        if (_context.Store.WriteTrouble is { } trouble && view.Reason is null)
            view = view with { Reason = FailurePolicy.Explain(trouble) };
        return ListenerCounts.AddTo(view, _context.Store);
    }

    /// <summary>Waits for a state.</summary>
    public Task WaitAsync(ListenerState state, CancellationToken cancellationToken) =>
        _status.WaitAsync(state, cancellationToken);

    /// <summary>Takes up mirrors that were started, changed or stopped.</summary>
    public async Task RefreshAsync()
    {
        await _roster.RefreshAsync().ConfigureAwait(false);
        _status.NoteProgress();
        _watch.NoteActivity();
    }

    /// <summary>Carries everything that is there now, both ways, and waits until it has arrived or was
    /// refused.</summary>
    /// <returns>The error of each mirror that could not be finished.</returns>
    public async Task<IReadOnlyDictionary<string, Exception>> SynchronizeAsync(
        IReadOnlyCollection<string>? investigationIds,
        CancellationToken cancellationToken
    )
    {
        await RefreshAsync().ConfigureAwait(false);
        var failures = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        await Task.WhenAll(
                _roster
                    .All.Where(loop =>
                        investigationIds is null || investigationIds.Contains(loop.Mirror.InvestigationId)
                    )
                    .Select(async loop =>
                    {
                        try
                        {
                            await loop.SynchronizeAsync(cancellationToken).ConfigureAwait(false);
                        }
                        catch (MattermostXsoarException exception)
                        {
                            failures[loop.Mirror.InvestigationId] = exception;
                        }
                    })
            )
            .ConfigureAwait(false);
        return failures;
    }

    /// <summary>Carries what was said so far, for as long as a listener that is stopped would wait for it.</summary>
    public async Task FinishAsync(IReadOnlyCollection<string> investigationIds, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = TimeLimit.Start(patience, _context.Options.StopGrace, _context.Time);
        try
        {
            await SynchronizeAsync(investigationIds, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _context.Log.Information(
                ListenerLogEvents.StopIncomplete,
                "What was said last could not be carried before the stop; what was recorded of it stays."
            );
        }
    }

    /// <summary>Lets what is being said arrive, ends everything and gives the lease back.</summary>
    public async Task StopAsync()
    {
        if (!_isAskedToStop && !_running.IsCompleted)
        {
            _stopAskedAt = _context.Time.GetTimestamp();
            _context.Log.Information(
                ListenerLogEvents.Stopping,
                "The listener is told to stop; what is being said arrives first."
            );
        }

        _isAskedToStop = true;
        _stopping.Cancel();
        await Task.WhenAny(_running).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            var connection = new RealtimeConnection(
                _context.Bot.BaseUri,
                _context.Bot.Token,
                _context.Bot.Transport,
                _environment,
                cancellationToken => _context.Bot.Users.GetMeAsync(cancellationToken),
                _realtimeOptions
            );
            MirrorMetrics.Show(_context.Store, _context.Time);
            var events = new ChatEventRouter(_context, _roster, _status);
            var tasks = new[]
            {
                connection.RunAsync(events, _stopping.Token),
                _watch.RunAsync(_stopping.Token),
                new ChannelReconciler(_context, _roster).RunAsync(_stopping.Token),
                FollowStoreAsync(_stopping.Token),
                PruneAsync(_stopping.Token),
            };
            var first = await Task.WhenAny(tasks).ConfigureAwait(false);
            _stopping.Cancel();
            await Task.WhenAny(Task.WhenAll(tasks)).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isAskedToStop)
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
        await _roster.StopAllAsync().ConfigureAwait(false);
        _lease.Dispose();
        if (failure is null)
            _status.NoteStopped(_isAskedToStop ? _context.Time.GetElapsedTime(_stopAskedAt) : null);
        else
            _status.NoteFailed(failure);
    }

    // Another process may start, change or stop mirrors in the same file.
    private async Task FollowStoreAsync(CancellationToken stopping)
    {
        var trouble = new RecurringErrorLog(
            _context.Log,
            _context.Time,
            ListenerLogEvents.StoreReadFailed,
            ListenerLogLevel.Error
        );
        var known = 0L;
        while (true)
        {
            // Thrown, not logged: a second listener could take a new lock and say every line again.
            _lease.CheckInPlace(_context.Store);
            try
            {
                var version = _context.Store.DataVersion();
                if (version != known)
                {
                    if (_roster.IsOutOfDate())
                        await RefreshAsync().ConfigureAwait(false);
                    known = version;
                }

                trouble.Resolve();
            }
            catch (MattermostXsoarException exception)
            {
                trouble.Report(exception);
            }

            await _context.Time.Delay(StoreLook, stopping).ConfigureAwait(false);
        }
    }

    private async Task PruneAsync(CancellationToken stopping)
    {
        var trouble = new RecurringErrorLog(
            _context.Log,
            _context.Time,
            ListenerLogEvents.StoreWriteFailed,
            ListenerLogLevel.Error
        );
        var options = _context.Options;
        while (true)
        {
            try
            {
                while (
                    await _context
                        .Store.PruneAsync(
                            options.Memory,
                            options.ChatLookBack,
                            options.EditWindow + options.WarRoomOverlap
                        )
                        .ConfigureAwait(false) > 0
                )
                    stopping.ThrowIfCancellationRequested();
                trouble.Resolve();
            }
            catch (MattermostXsoarException exception)
            {
                trouble.Report(exception);
            }

            await _context.Time.Delay(PruneInterval, stopping).ConfigureAwait(false);
        }
    }
}
