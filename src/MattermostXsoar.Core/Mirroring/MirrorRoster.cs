using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>The mirrors at work, kept in step with the store: that is where people, here or in another process, change them.</summary>
internal sealed class MirrorRoster(MirrorContext context)
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly object _lock = new();
    private readonly Dictionary<long, MirrorLoop> _loops = [];
    private Dictionary<string, MirrorLoop[]> _byChannel = new(StringComparer.Ordinal);
    private IReadOnlyList<MirrorLoop> _all = [];
    private readonly CancellationTokenSource _closing = new();
    // Mirrors whose loop failed and rests, with the generation that failed: one that a person changes starts at once.
    private readonly Dictionary<long, long> _resting = [];
    private readonly Dictionary<long, Backoff> _rests = [];
    private readonly HashSet<long> _met = [];
    private bool _began;
    private bool _isClosed;

    /// <summary>Raised for each loop before it starts.</summary>
    public event Action<MirrorLoop>? Starting;

    public IReadOnlyList<MirrorLoop> All
    {
        get
        {
            lock (_lock)
                return _all;
        }
    }

    /// <summary>The mirrors of a channel; several investigations may share one.</summary>
    public IReadOnlyList<MirrorLoop> OfChannel(string channelId)
    {
        lock (_lock)
            return _byChannel.TryGetValue(channelId, out var loops) ? loops : [];
    }

    /// <summary>Whether the store holds mirrors that are new, changed or stopped.</summary>
    public bool IsOutOfDate()
    {
        var wanted = Wanted();
        var all = All;
        return wanted.Count != all.Count
            || all.Any(loop => !wanted.TryGetValue(loop.Mirror.Id, out var mirror) || mirror.Generation != loop.Mirror.Generation);
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
            foreach (var loop in All)
            {
                if (wanted.TryGetValue(loop.Mirror.Id, out var mirror) && mirror.Generation == loop.Mirror.Generation)
                    continue;
                await RemoveAsync(loop).ConfigureAwait(false);
                if (mirror is null)
                    context.Log.Information(ListenerLogEvents.MirrorStopped, "A person stopped this mirror.", loop.Status.Identity);
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

    private Dictionary<long, MirrorRecord> Wanted() => context.Store.ReadMirrors()
        .Where(mirror => mirror.State != MirrorState.Stopped && !IsResting(mirror)).ToDictionary(mirror => mirror.Id);

    private bool IsResting(MirrorRecord mirror)
    {
        lock (_lock)
            return _resting.TryGetValue(mirror.Id, out var generation) && generation == mirror.Generation;
    }

    private bool IsRunning(long mirrorId)
    {
        lock (_lock)
            return _loops.ContainsKey(mirrorId);
    }

    // Those that are there when the listener starts are told of together.
    private void TellStart(MirrorRecord mirror)
    {
        var settings = $"Type {mirror.Type}, direction {mirror.Direction}, autoclose {(mirror.AutoClose ? "on" : "off")}, {mirror.State}.";
        var isKnown = !_met.Add(mirror.Id);
        context.Log.Write(
            _began ? ListenerLogLevel.Information : ListenerLogLevel.Verbose,
            isKnown ? ListenerLogEvents.MirrorChanged : ListenerLogEvents.MirrorStarted,
            isKnown ? "The mirror begins anew. " + settings : "The mirror is at work. " + settings,
            MirrorName.Of(mirror), default);
    }

    private void Add(MirrorRecord mirror)
    {
        var loop = new MirrorLoop(context, mirror);
        Starting?.Invoke(loop);
        // Listed before it reads its channel: what is published while it reads has to find it here.
        lock (_lock)
        {
            _loops.Add(mirror.Id, loop);
            Index();
        }

        loop.Start();
        _ = WatchAsync(loop);
    }

    private async Task RemoveAsync(MirrorLoop loop)
    {
        lock (_lock)
        {
            // A failed loop may have been replaced by now.
            if (_loops.TryGetValue(loop.Mirror.Id, out var listed) && listed == loop)
                _loops.Remove(loop.Mirror.Id);
            Index();
        }

        await loop.StopAsync().ConfigureAwait(false);
    }

    private async Task WatchAsync(MirrorLoop loop)
    {
        var startedAt = context.Time.GetTimestamp();
        try
        {
            await loop.Completion.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await RestAsync(loop, startedAt, exception).ConfigureAwait(false);
        }
    }

    // One mirror's error is not the others': it is shown, and its loop begins anew after a while.
    private async Task RestAsync(MirrorLoop loop, long startedAt, Exception exception)
    {
        TimeSpan wait;
        lock (_lock)
        {
            _resting[loop.Mirror.Id] = loop.Mirror.Generation;
            if (!_rests.TryGetValue(loop.Mirror.Id, out var rests))
                _rests[loop.Mirror.Id] = rests = new Backoff(context.Options.FirstRestart, context.Options.LongestRestart, context.Random);
            if (context.Time.GetElapsedTime(startedAt) > context.Options.LongestRestart)
                rests.Reset();
            wait = rests.Next();
        }

        try
        {
            await loop.Status.CrashedAsync("Loop", exception).ConfigureAwait(false);
            await RemoveAsync(loop).ConfigureAwait(false);
            await context.Time.Delay(wait, _closing.Token).ConfigureAwait(false);
            lock (_lock)
                _resting.Remove(loop.Mirror.Id);
            await RefreshPatientlyAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The listener ends.
        }
    }

    private async Task RefreshPatientlyAsync()
    {
        var trouble = new RepeatedTrouble(context.Log, context.Time, ListenerLogEvents.StoreNotRead, ListenerLogLevel.Error);
        var backoff = new Backoff(context.Options, context.Random);
        while (true)
        {
            try
            {
                await RefreshAsync().ConfigureAwait(false);
                trouble.Over();
                return;
            }
            catch (MattermostXsoarException exception)
            {
                trouble.Met(exception);
                await context.Time.Delay(backoff.Next(), _closing.Token).ConfigureAwait(false);
            }
        }
    }

    private void Index()
    {
        _all = _loops.Values.ToList();
        _byChannel = _loops.Values.GroupBy(loop => loop.Mirror.ChannelId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}
