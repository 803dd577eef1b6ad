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
    private bool _isClosed;

    /// <summary>Raised for each loop before it starts.</summary>
    public event Action<MirrorLoop>? Starting;

    /// <summary>Raised when a loop ended with an error that nothing foresaw.</summary>
    public event Action<MirrorLoop, Exception>? Crashed;

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
                if (!wanted.TryGetValue(loop.Mirror.Id, out var mirror) || mirror.Generation != loop.Mirror.Generation)
                    await RemoveAsync(loop).ConfigureAwait(false);
            }

            foreach (var mirror in wanted.Values.Where(mirror => !IsRunning(mirror.Id)))
                Add(mirror);
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
            await Task.WhenAll(All.Select(RemoveAsync)).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private Dictionary<long, MirrorRecord> Wanted() =>
        context.Store.ReadMirrors().Where(mirror => mirror.State != MirrorState.Stopped).ToDictionary(mirror => mirror.Id);

    private bool IsRunning(long mirrorId)
    {
        lock (_lock)
            return _loops.ContainsKey(mirrorId);
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
            _loops.Remove(loop.Mirror.Id);
            Index();
        }

        await loop.StopAsync().ConfigureAwait(false);
    }

    private async Task WatchAsync(MirrorLoop loop)
    {
        try
        {
            await loop.Completion.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Crashed?.Invoke(loop, exception);
        }
    }

    private void Index()
    {
        _all = _loops.Values.ToList();
        _byChannel = _loops.Values.GroupBy(loop => loop.Mirror.ChannelId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}
