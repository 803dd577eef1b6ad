using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// A running mirror's state: kept in memory for the loops, in the store for everybody else. Each part of the mirror
/// says for itself what holds it up; the mirror is paused while any part is.
/// </summary>
internal sealed class MirrorHealth
{
    // Stands for what held the mirror up when an earlier process ended; the first success of any part clears it.
    private const string Before = "before";

    private readonly MirrorContext _context;
    private readonly object _lock = new();
    private readonly Dictionary<string, HealthIssue> _pauses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HealthIssue> _troubles = new(StringComparer.Ordinal);
    private bool _closed;
    private string? _closedReason;
    private (MirrorState State, string? Reason) _shown;
    private string? _shownError;
    private bool _notStored;
    private string _channelName;
    private long _stateAt;
    private long _troubledAt;

    public MirrorHealth(MirrorContext context, MirrorRecord mirror)
    {
        _context = context;
        Mirror = mirror;
        _stateAt = _troubledAt = context.Time.GetTimestamp();
        _channelName = mirror.ChannelName;
        _shown = (mirror.State, mirror.Reason);
        _shownError = mirror.LastError;
        _closed = mirror.State == MirrorState.Closed;
        _closedReason = _closed ? mirror.Reason : null;
        if (mirror.State == MirrorState.Paused)
            _pauses[Before] = new(mirror.Reason ?? "");
        if (mirror.LastError is not null)
            _troubles[Before] = new(mirror.LastError);
    }

    /// <summary>Raised when the mirror becomes paused.</summary>
    public event Action? Paused;

    /// <summary>The mirror as it was when the loops started; its settings do not change under them.</summary>
    public MirrorRecord Mirror { get; }

    public string Name => $"{Mirror.InvestigationId}/{ChannelName}";

    /// <summary>Which mirror this is, for the log.</summary>
    public MirrorKey Identity => new(Mirror.InvestigationId, Mirror.ChannelId, ChannelName);

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
                return _pauses.Count > 0 ? FirstPause().Text
                    : _troubles.Count > 0 ? _troubles.Values.First().Text
                    : null;
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
        string before;
        lock (_lock)
        {
            if (_channelName == name)
                return;
            before = _channelName;
            _channelName = name;
        }

        try
        {
            await _context.Store.SetChannelNameAsync(Mirror.ChannelId, name).ConfigureAwait(false);
            _context.Log.Information(
                ListenerLogEvents.ChannelNameChanged,
                $"The channel '{before}' is called '{name}' now.",
                Identity
            );
        }
        catch (Exception exception) when (exception is MattermostXsoarException or ObjectDisposedException)
        {
            // Only what people see; it is compared again.
            lock (_lock)
                _channelName = Mirror.ChannelName;
            _context.Log.Warning(
                ListenerLogEvents.ChannelNameNotUpdated,
                $"A channel's new name could not be taken over: {exception.Message}",
                Identity,
                new() { Error = exception }
            );
        }
    }

    /// <summary>A part works: whatever held it up is over.</summary>
    public Task SucceededAsync(string part)
    {
        bool recovered;
        lock (_lock)
        {
            if (_pauses.Count == 0 && _troubles.Count == 0 && !_notStored)
                return Task.CompletedTask;
            _pauses.Remove(part);
            _pauses.Remove(Before);
            recovered = (_troubles.Remove(part) | _troubles.Remove(Before)) && _troubles.Count == 0;
        }

        if (recovered)
            Tell(
                part,
                ListenerLogLevel.Information,
                ListenerLogEvents.Recovered,
                "The trouble is over.",
                new() { Duration = _context.Time.GetElapsedTime(_troubledAt) }
            );
        return ShowAsync();
    }

    /// <summary>A part cannot go on until something outside changes.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cause">The error.</param>
    /// <param name="line">The line that it met; its text is taken out of the error.</param>
    public Task PauseAsync(string part, Exception cause, DeliveryRecord? line = null) =>
        PauseAsync(part, new HealthIssue(Explain(cause, line), cause));

    public Task PauseAsync(string part, string reason) => PauseAsync(part, new HealthIssue(reason));

    private Task PauseAsync(string part, HealthIssue reason)
    {
        lock (_lock)
            _pauses[part] = reason;
        return ShowAsync();
    }

    /// <summary>A part met an error that nothing foresaw: it is tried again, at growing intervals, and people are
    /// told.</summary>
    public Task CrashedAsync(string part, Exception cause)
    {
        _context.Log.Error(
            ListenerLogEvents.UnexpectedError,
            $"{part}: {cause.GetType().Name}: {cause.Message}",
            Identity,
            new() { Error = cause }
        );
        return PauseAsync(
            part,
            $"An error that was not foreseen holds this mirror up; it is tried again by itself. Report it if it stays: {cause.Message}"
        );
    }

    /// <summary>A part meets a trouble that passes by itself: people see why lines wait.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cause">The error.</param>
    /// <param name="line">The line that it met; its text is taken out of the error.</param>
    public Task TroubledAsync(string part, Exception cause, DeliveryRecord? line = null)
    {
        var text = Explain(cause, line);
        lock (_lock)
        {
            if (_troubles.TryGetValue(part, out var known) && known.Text == text)
                return Task.CompletedTask;
            if (_troubles.Count == 0)
                _troubledAt = _context.Time.GetTimestamp();
            _troubles[part] = new(text, cause);
        }

        Tell(part, ListenerLogLevel.Warning, ListenerLogEvents.Retrying, text, new() { Error = cause });
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
    private HealthIssue FirstPause() =>
        _pauses.TryGetValue(ChannelHealth.Part, out var channel) ? channel : _pauses.Values.First();

    // The writes are queued while the lock is held, so that the store ends with the state that was decided last.
    private Task ShowAsync()
    {
        var writes = new List<Task>(2);
        (MirrorState State, string? Reason) before,
            now;
        Exception? cause;
        bool stateChanged,
            paused;
        TimeSpan lasted;
        lock (_lock)
        {
            now =
                _closed ? (MirrorState.Closed, _closedReason)
                : _pauses.Count > 0 ? (MirrorState.Paused, FirstPause().Text)
                : (MirrorState.Active, null);
            var error = _troubles.Count > 0 ? _troubles.Values.First().Text : null;
            cause = now.State == MirrorState.Paused ? FirstPause().Cause : null;
            before = _shown;
            stateChanged = now != _shown;
            paused = (before.State, now.State) == (MirrorState.Active, MirrorState.Paused);
            lasted = _context.Time.GetElapsedTime(_stateAt);
            if (now.State != before.State)
                _stateAt = _context.Time.GetTimestamp();
            // A person's Stop is not undone by what a loop still has to say.
            if (stateChanged || _notStored)
            {
                writes.Add(
                    _context.Store.SetMirrorStateAsync(
                        Mirror.Id,
                        now.State,
                        now.Reason,
                        byPerson: false,
                        MirrorState.Active,
                        MirrorState.Paused,
                        MirrorState.Closed
                    )
                );
            }

            if (error != _shownError || _notStored)
                writes.Add(_context.Store.SetLastErrorAsync(Mirror.Id, error));
            (_shown, _shownError, _notStored) = (now, error, false);
        }

        if (paused)
            Paused?.Invoke();
        if (stateChanged)
            TellState(
                before.State,
                now.State,
                now.Reason,
                new() { Error = cause, Duration = now.State == before.State ? null : lasted }
            );
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
            _context.Log.Warning(
                ListenerLogEvents.MirrorStateNotSaved,
                exception.Message,
                Identity,
                new() { Error = exception }
            );
        }
    }

    private string Explain(Exception cause, DeliveryRecord? line)
    {
        var text = Named(FailurePolicy.Explain(cause));
        return line is null ? text : DeliveryText.TakenOutOf(text, line);
    }

    // What the search for changes meets concerns all mirrors, and is told once (IncidentSearchFailed).
    private void Tell(string part, ListenerLogLevel level, string what, string message, ListenerLogDetails details) =>
        _context.Log.Write(
            part == nameof(InvestigationPoller) ? ListenerLogLevel.Verbose : level,
            what,
            message,
            Identity,
            details
        );

    private void TellState(MirrorState before, MirrorState now, string? reason, ListenerLogDetails details)
    {
        if (now == MirrorState.Paused)
            _context.Log.Warning(ListenerLogEvents.MirrorPaused, reason ?? "", Identity, details);
        else if (now == MirrorState.Closed)
            _context.Log.Information(ListenerLogEvents.MirrorClosed, reason ?? "", Identity, details);
        else
            _context.Log.Information(
                before == MirrorState.Closed ? ListenerLogEvents.MirrorReopened : ListenerLogEvents.MirrorActive,
                "Lines are carried.",
                Identity,
                details
            );
    }
}
