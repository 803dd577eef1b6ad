using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>The mirrors at work, kept in step with the store: that is where people, here or in another process, change
/// them.</summary>
internal sealed class MirrorSupervisor(MirrorContext context)
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly object _lock = new();
    private readonly Dictionary<long, MirrorWorker> _workers = [];
    private Dictionary<string, MirrorWorker[]> _byChannel = new(StringComparer.Ordinal);
    private IReadOnlyList<MirrorWorker> _all = [];
    private readonly CancellationTokenSource _closing = new();

    // Mirrors whose loop failed and rests, with the generation that failed: one that a person changes starts at once.
    private readonly Dictionary<long, long> _resting = [];
    private readonly Dictionary<long, Backoff> _rests = [];
    private readonly HashSet<long> _met = [];
    private bool _began;
    private bool _isClosed;

    /// <summary>Raised for each loop before it starts.</summary>
    public event Action<MirrorWorker>? Starting;

    public IReadOnlyList<MirrorWorker> All
    {
        get
        {
            lock (_lock)
                return _all;
        }
    }

    /// <summary>The mirrors of a channel; several investigations may share one.</summary>
    public IReadOnlyList<MirrorWorker> OfChannel(string channelId)
    {
        lock (_lock)
            return _byChannel.TryGetValue(channelId, out var workers) ? workers : [];
    }

    /// <summary>Whether the store holds mirrors that are new, changed or stopped.</summary>
    public bool IsOutOfDate()
    {
        var wanted = Wanted();
        var all = All;
        return wanted.Count != all.Count
            || all.Any(worker =>
                !wanted.TryGetValue(worker.Mirror.Id, out var mirror) || mirror.Generation != worker.Mirror.Generation
            );
    }

    /// <summary>Starts what is new, stops what was stopped, and starts anew what was changed.</summary>
    public async Task RefreshAsync()
    {
        await _refreshing.WaitAsync().ConfigureAwait(false);
        try
        {
            // A loop that began after the end would deliver without the lease.
            if (_isClosed)
                return;
            var wanted = Wanted();
            foreach (var worker in All)
            {
                if (
                    wanted.TryGetValue(worker.Mirror.Id, out var mirror)
                    && mirror.Generation == worker.Mirror.Generation
                )
                    continue;
                await RemoveAsync(worker).ConfigureAwait(false);
                if (mirror is null)
                    context.Log.Information(
                        ListenerLogEvents.MirrorStopped,
                        "A person stopped this mirror.",
                        worker.Health.Identity
                    );
            }

            foreach (var mirror in wanted.Values.Where(mirror => !IsRunning(mirror.Id)))
            {
                TellStart(mirror);
                Add(mirror);
            }

            _began = true;
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
            await Task.WhenAll(All.Select(RemoveAsync)).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private Dictionary<long, MirrorRecord> Wanted() =>
        context
            .Store.ReadMirrors()
            .Where(mirror => mirror.State != MirrorState.Stopped && !IsResting(mirror))
            .ToDictionary(mirror => mirror.Id);

    private bool IsResting(MirrorRecord mirror)
    {
        lock (_lock)
            return _resting.TryGetValue(mirror.Id, out var generation) && generation == mirror.Generation;
    }

    private bool IsRunning(long mirrorId)
    {
        lock (_lock)
            return _workers.ContainsKey(mirrorId);
    }

    // Those that are there when the listener starts are told of together.
    private void TellStart(MirrorRecord mirror)
    {
        var settings =
            $"Type {mirror.Type}, direction {mirror.Direction}, autoclose {(mirror.AutoClose ? "on" : "off")}, {mirror.State}.";
        var isKnown = !_met.Add(mirror.Id);
        context.Log.Write(
            _began ? ListenerLogLevel.Information : ListenerLogLevel.Verbose,
            isKnown ? ListenerLogEvents.MirrorChanged : ListenerLogEvents.MirrorStarted,
            isKnown ? "The mirror begins anew. " + settings : "The mirror is at work. " + settings,
            MirrorKey.Of(mirror),
            default
        );
    }

    private void Add(MirrorRecord mirror)
    {
        var worker = new MirrorWorker(context, mirror);
        Starting?.Invoke(worker);
        // Listed before it reads its channel: what is published while it reads has to find it here.
        lock (_lock)
        {
            _workers.Add(mirror.Id, worker);
            Index();
        }

        worker.Start();
        _ = WatchAsync(worker);
    }

    private async Task RemoveAsync(MirrorWorker worker)
    {
        lock (_lock)
        {
            // A failed loop may have been replaced by now.
            if (_workers.TryGetValue(worker.Mirror.Id, out var listed) && listed == worker)
                _workers.Remove(worker.Mirror.Id);
            Index();
        }

        await worker.StopAsync().ConfigureAwait(false);
    }

    private async Task WatchAsync(MirrorWorker worker)
    {
        var startedAt = context.Time.GetTimestamp();
        try
        {
            await worker.Completion.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await RestAsync(worker, startedAt, exception).ConfigureAwait(false);
        }
    }

    // One mirror's error is not the others': it is shown, and its loop begins anew after a while.
    private async Task RestAsync(MirrorWorker worker, long startedAt, Exception exception)
    {
        TimeSpan wait;
        lock (_lock)
        {
            _resting[worker.Mirror.Id] = worker.Mirror.Generation;
            if (!_rests.TryGetValue(worker.Mirror.Id, out var rests))
                _rests[worker.Mirror.Id] = rests = new Backoff(
                    context.Options.FirstRestart,
                    context.Options.LongestRestart,
                    context.Random
                );
            if (context.Time.GetElapsedTime(startedAt) > context.Options.LongestRestart)
                rests.Reset();
            wait = rests.Next();
        }

        try
        {
            await worker.Health.CrashedAsync("Loop", exception).ConfigureAwait(false);
            await RemoveAsync(worker).ConfigureAwait(false);
            await context.Time.Delay(wait, _closing.Token).ConfigureAwait(false);
            lock (_lock)
                _resting.Remove(worker.Mirror.Id);
            await RefreshPatientlyAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The listener ends.
        }
    }

    private async Task RefreshPatientlyAsync()
    {
        var trouble = new RecurringErrorLog(
            context.Log,
            context.Time,
            ListenerLogEvents.StoreReadFailed,
            ListenerLogLevel.Error
        );
        var backoff = new Backoff(context.Options, context.Random);
        while (true)
        {
            try
            {
                await RefreshAsync().ConfigureAwait(false);
                trouble.Resolve();
                return;
            }
            catch (MattermostXsoarException exception)
            {
                trouble.Report(exception);
                await context.Time.Delay(backoff.Next(), _closing.Token).ConfigureAwait(false);
            }
        }
    }

    private void Index()
    {
        _all = _workers.Values.ToList();
        _byChannel = _workers
            .Values.GroupBy(worker => worker.Mirror.ChannelId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}
