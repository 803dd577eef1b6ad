using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Chat;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>
/// A running mirror's state: kept in memory for the loops, in the store for everybody else. Each part of the mirror says
/// for itself what holds it up; the mirror is paused while any part is.
/// </summary>
internal sealed class MirrorStatus
{
    // Stands for what held the mirror up when an earlier process ended; the first success of any part clears it.
    private const string Before = "before";

    private readonly MirrorContext _context;
    private readonly object _lock = new();
    private readonly Dictionary<string, string> _pauses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private bool _closed;
    private string? _closedReason;
    private (MirrorState State, string? Reason) _shown;
    private string? _shownError;
    private bool _notStored;
    private string _channelName;

    public MirrorStatus(MirrorContext context, MirrorRecord mirror)
    {
        _context = context;
        Mirror = mirror;
        _channelName = mirror.ChannelName;
        _shown = (mirror.State, mirror.Reason);
        _shownError = mirror.LastError;
        _closed = mirror.State == MirrorState.Closed;
        _closedReason = _closed ? mirror.Reason : null;
        if (mirror.State == MirrorState.Paused)
            _pauses[Before] = mirror.Reason ?? "";
        if (mirror.LastError is not null)
            _troubles[Before] = mirror.LastError;
    }

    /// <summary>Raised when the mirror becomes paused.</summary>
    public event Action? Paused;

    /// <summary>The mirror as it was when the loops started; its settings do not change under them.</summary>
    public MirrorRecord Mirror { get; }

    public string Name => $"{Mirror.InvestigationId}/{ChannelName}";

    /// <summary>What the channel is called now.</summary>
    public string ChannelName
    {
        get
        {
            lock (_lock)
                return _channelName;
        }
    }

    /// <summary>What holds the mirror up at the moment, or null.</summary>
    public string? HeldUpBy
    {
        get
        {
            lock (_lock)
                return _pauses.Count > 0 ? FirstPause() : _troubles.Count > 0 ? _troubles.Values.First() : null;
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _closed;
        }
    }

    /// <summary>A text in which the channel has its name: servers speak of ids, which tell people nothing.</summary>
    public string Named(string text) => text.Replace(Mirror.ChannelId, ChannelName);

    /// <summary>The channel has another name now.</summary>
    public async Task RenameAsync(string name)
    {
        lock (_lock)
        {
            if (_channelName == name)
                return;
            _channelName = name;
        }

        try
        {
            await _context.Store.SetChannelNameAsync(Mirror.ChannelId, name).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MattermostXsoarException or ObjectDisposedException)
        {
            // Only what people see; it is compared again.
            lock (_lock)
                _channelName = Mirror.ChannelName;
            _context.Log.Warning("NameNotTaken", $"A channel's new name could not be taken over: {exception.Message}", Name);
        }
    }

    /// <summary>A part works: whatever held it up is over.</summary>
    public Task SucceededAsync(string part)
    {
        lock (_lock)
        {
            if (_pauses.Count == 0 && _troubles.Count == 0 && !_notStored)
                return Task.CompletedTask;
            _pauses.Remove(part);
            _pauses.Remove(Before);
            _troubles.Remove(part);
            _troubles.Remove(Before);
        }

        return ShowAsync();
    }

    /// <summary>A part cannot go on until something outside changes.</summary>
    public Task PauseAsync(string part, Exception cause) => PauseAsync(part, Named(FailurePolicy.Explain(cause)));

    public Task PauseAsync(string part, string reason)
    {
        lock (_lock)
            _pauses[part] = reason;
        return ShowAsync();
    }

    /// <summary>A part met an error that nothing foresaw: it is tried again, at growing intervals, and people are told.</summary>
    public Task CrashedAsync(string part, Exception cause)
    {
        _context.Log.Error("Unforeseen", $"{part}: {cause.GetType().Name}: {cause.Message}", Name);
        return PauseAsync(part, $"An error that was not foreseen holds this mirror up; it is tried again by itself. Report it if it stays: {cause.Message}");
    }

    /// <summary>A part meets a trouble that passes by itself: people see why lines wait.</summary>
    public Task TroubledAsync(string part, Exception cause)
    {
        var text = Named(FailurePolicy.Explain(cause));
        lock (_lock)
        {
            if (_troubles.TryGetValue(part, out var known) && known == text)
                return Task.CompletedTask;
            _troubles[part] = text;
        }

        _context.Log.Warning("Retrying", text, Name);
        return ShowAsync();
    }

    public Task CloseAsync(string reason)
    {
        lock (_lock)
        {
            if (_closed)
                return Task.CompletedTask;
            (_closed, _closedReason) = (true, reason);
        }

        return ShowAsync();
    }

    public Task ReopenAsync()
    {
        lock (_lock)
            (_closed, _closedReason) = (false, null);
        return ShowAsync();
    }

    // Where the channel itself is the trouble, the others only suffer from it.
    private string FirstPause() => _pauses.TryGetValue(ChannelStanding.Part, out var channel) ? channel : _pauses.Values.First();

    // The writes are queued while the lock is held, so that the store ends with the state that was decided last.
    private Task ShowAsync()
    {
        var writes = new List<Task>(2);
        (MirrorState State, string? Reason) now;
        bool stateChanged, paused;
        lock (_lock)
        {
            now = _closed ? (MirrorState.Closed, _closedReason)
                : _pauses.Count > 0 ? (MirrorState.Paused, FirstPause())
                : (MirrorState.Active, null);
            var error = _troubles.Count > 0 ? _troubles.Values.First() : null;
            stateChanged = now != _shown;
            paused = (_shown.State, now.State) == (MirrorState.Active, MirrorState.Paused);
            // A person's Stop is not undone by what a loop still has to say.
            if (stateChanged || _notStored)
            {
                writes.Add(_context.Store.SetMirrorStateAsync(
                    Mirror.Id, now.State, now.Reason, byPerson: false, MirrorState.Active, MirrorState.Paused, MirrorState.Closed));
            }

            if (error != _shownError || _notStored)
                writes.Add(_context.Store.SetLastErrorAsync(Mirror.Id, error));
            (_shown, _shownError, _notStored) = (now, error, false);
        }

        if (paused)
            Paused?.Invoke();
        if (stateChanged && now.State == MirrorState.Active)
            _context.Log.Information("MirrorActive", "Lines are carried.", Name);
        else if (stateChanged)
            _context.Log.Warning(now.State == MirrorState.Closed ? "MirrorClosed" : "MirrorPaused", now.Reason ?? "", Name);
        return FinishAsync(writes);
    }

    // A view of the state that cannot be written now is written with the next line; lines do not depend on it.
    private async Task FinishAsync(List<Task> writes)
    {
        try
        {
            await Task.WhenAll(writes).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MattermostXsoarException or ObjectDisposedException)
        {
            lock (_lock)
                _notStored = true;
            _context.Log.Warning("StateNotStored", exception.Message, Name);
        }
    }
}
