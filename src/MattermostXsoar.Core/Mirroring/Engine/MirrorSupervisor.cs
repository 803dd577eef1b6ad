using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// Runs the mirrors as the store has them: that is where people, here or in another process, change them. A worker that
/// fails rests and begins again; the others go on.
/// </summary>
internal sealed class MirrorSupervisor(MirrorContext context) : IChatMirrors
{
    private readonly MirrorRuntime _runtime = context.Runtime;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly object _lock = new();
    private readonly Dictionary<long, SupervisedMirror> _mirrors = [];
    private readonly CancellationTokenSource _closing = new();
    private Dictionary<string, MirrorWorker[]> _byChannel = new(StringComparer.Ordinal);
    private IReadOnlyList<MirrorWorker> _all = [];
    private bool _hasStarted;
    private bool _isClosed;

    /// <summary>Raised for each worker before it starts.</summary>
    public event Action<MirrorWorker>? Starting;

    public IReadOnlyList<MirrorWorker> All
    {
        get
        {
            lock (_lock)
                return _all;
        }
    }

    IReadOnlyList<IChatMirror> IChatMirrors.All => All;

    /// <summary>The mirrors of a channel; several investigations may share one.</summary>
    public IReadOnlyList<IChatMirror> OfChannel(string channelId)
    {
        lock (_lock)
            return _byChannel.TryGetValue(channelId, out var workers) ? workers : [];
    }

    /// <summary>Whether the store holds mirrors that are new, changed or stopped.</summary>
    public bool IsOutOfDate()
    {
        var wanted = Wanted();
        lock (_lock)
        {
            return wanted.Values.Any(mirror => !IsUpToDate(mirror))
                || _mirrors.Keys.Any(mirrorId => !wanted.ContainsKey(mirrorId));
        }
    }

    /// <summary>Starts new mirrors, stops stopped ones, and restarts changed ones.</summary>
    public async Task RefreshAsync()
    {
        await _refreshing.WaitAsync().ConfigureAwait(false);
        try
        {
            // A worker that started after the end would deliver without the lease.
            if (_isClosed)
                return;
            var wanted = Wanted();
            foreach (var worker in All)
            {
                if (wanted.TryGetValue(worker.Mirror.Id, out var mirror) && IsUpToDate(mirror))
                    continue;
                await StopAsync(worker).ConfigureAwait(false);
                if (mirror is null)
                    _runtime.Log.Information(
                        ListenerLogEvents.MirrorStopped,
                        "A person stopped this mirror.",
                        worker.Health.Identity
                    );
            }

            Forget(wanted);
            foreach (var mirror in wanted.Values.Where(mirror => !IsUpToDate(mirror)))
            {
                await NotAdded.TakeUpAsync(context.Store, mirror).ConfigureAwait(false);
                Start(mirror);
            }

            _hasStarted = true;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Stops all mirrors for good.</summary>
    public async Task StopAllAsync()
    {
        await _refreshing.WaitAsync().ConfigureAwait(false);
        try
        {
            _isClosed = true;
            _closing.Cancel();
            await Task.WhenAll(All.Select(StopAsync)).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private Dictionary<long, MirrorRecord> Wanted() =>
        context
            .Store.ReadMirrors()
            .Where(mirror => context.RunsMirrors && mirror.State != MirrorState.Stopped)
            .ToDictionary(mirror => mirror.Id);

    // It runs as it is stored, or rests as such.
    private bool IsUpToDate(MirrorRecord mirror)
    {
        lock (_lock)
        {
            return _mirrors.TryGetValue(mirror.Id, out var known)
                && (known.Worker?.Mirror.Generation ?? known.RestingGeneration) == mirror.Generation;
        }
    }

    private void Forget(Dictionary<long, MirrorRecord> wanted)
    {
        lock (_lock)
        {
            foreach (var mirrorId in _mirrors.Keys.Where(mirrorId => !wanted.ContainsKey(mirrorId)).ToList())
                _mirrors.Remove(mirrorId);
        }
    }

    private void Start(MirrorRecord mirror)
    {
        var worker = new MirrorWorker(context, mirror);
        bool isKnown;
        lock (_lock)
        {
            isKnown = _mirrors.TryGetValue(mirror.Id, out var supervised);
            supervised ??= new SupervisedMirror(
                new Backoff(_runtime.Options.FirstRestart, _runtime.Options.LongestRestart, _runtime.Random)
            );
            _mirrors[mirror.Id] = supervised;
        }

        LogStart(mirror, isKnown);
        Starting?.Invoke(worker);
        // Listed before it reads its channel: what is published while it reads has to reach it.
        lock (_lock)
        {
            (_mirrors[mirror.Id].Worker, _mirrors[mirror.Id].RestingGeneration) = (worker, null);
            Index();
        }

        worker.Start();
        _ = WatchAsync(worker);
    }

    // Those that exist when the listener starts are counted in its own record.
    private void LogStart(MirrorRecord mirror, bool isKnown) =>
        _runtime.Log.Write(
            _hasStarted ? ListenerLogLevel.Information : ListenerLogLevel.Verbose,
            isKnown ? ListenerLogEvents.MirrorChanged : ListenerLogEvents.MirrorStarted,
            $"The mirror was {(isKnown ? "restarted" : "started")}. Type {mirror.Type}, direction {mirror.Direction}, "
                + $"autoclose {(mirror.AutoClose ? "on" : "off")}, {mirror.State}.",
            MirrorKey.Of(mirror),
            default
        );

    private async Task StopAsync(MirrorWorker worker)
    {
        lock (_lock)
        {
            // A failed worker may have been replaced by now.
            if (_mirrors.TryGetValue(worker.Mirror.Id, out var supervised) && supervised.Worker == worker)
                supervised.Worker = null;
            Index();
        }

        await worker.StopAsync().ConfigureAwait(false);
    }

    private async Task WatchAsync(MirrorWorker worker)
    {
        var startedAt = _runtime.Time.GetTimestamp();
        try
        {
            await worker.Completion.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await RestAsync(worker, startedAt, exception).ConfigureAwait(false);
        }
    }

    private async Task RestAsync(MirrorWorker worker, long startedAt, Exception exception)
    {
        SupervisedMirror? supervised;
        lock (_lock)
        {
            // A person has stopped it in the meantime.
            if (!_mirrors.TryGetValue(worker.Mirror.Id, out supervised) || supervised.Worker != worker)
                return;
            supervised.RestingGeneration = worker.Mirror.Generation;
        }

        if (_runtime.Time.GetElapsedTime(startedAt) > _runtime.Options.LongestRestart)
            supervised.Restarts.Reset();
        try
        {
            await worker.Health.RestartingAsync(MirrorPart.Worker, exception).ConfigureAwait(false);
            await StopAsync(worker).ConfigureAwait(false);
            await _runtime.Time.Delay(supervised.Restarts.Next(), _closing.Token).ConfigureAwait(false);
            lock (_lock)
                supervised.RestingGeneration = null;
            var errors = new RecurringErrorLog(
                _runtime.Log,
                _runtime.Time,
                ListenerLogEvents.StoreReadFailed,
                ListenerLogLevel.Error
            );
            await new RetryLoop(_runtime, errors).RunAsync(RefreshAsync, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The listener ends.
        }
    }

    // With the lock held.
    private void Index()
    {
        _all = _mirrors.Values.Select(mirror => mirror.Worker).OfType<MirrorWorker>().ToList();
        _byChannel = _all.GroupBy(worker => worker.Mirror.ChannelId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}
