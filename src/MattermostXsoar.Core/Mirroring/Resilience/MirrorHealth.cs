using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// A running mirror's state: in memory for its parts, in the store for everybody else. Each part of the mirror reports
/// for itself what holds it up; the mirror is paused while any part is.
/// </summary>
internal sealed class MirrorHealth
{
    private readonly StateStore _store;
    private readonly MirrorRuntime _runtime;
    private readonly object _lock = new();

    private readonly HealthIssues _pauses = new();
    private readonly HealthIssues _errors = new();
    private bool _closed;
    private string? _closedReason;
    private volatile bool _isClosing;
    private (MirrorState State, string? Reason) _shown;
    private string? _shownError;
    private bool _isUnsaved;
    private string _channelName;
    private string _teamId;
    private ChannelReaders? _readers;
    private long _stateAt;
    private long _errorsAt;

    public MirrorHealth(StateStore store, MirrorRuntime runtime, MirrorRecord mirror)
    {
        _store = store;
        _runtime = runtime;
        Mirror = mirror;
        _stateAt = _errorsAt = runtime.Time.GetTimestamp();
        _channelName = mirror.ChannelName;
        _teamId = mirror.TeamId;
        _readers = mirror.IsPrivate is { } isPrivate ? new(isPrivate, mirror.Members, mirror.Guests) : null;
        _shown = (mirror.State, mirror.Reason);
        _shownError = mirror.LastError;
        _closed = mirror.State == MirrorState.Closed;
        _closedReason = _closed ? mirror.Reason : null;
        _isClosing = _closed;
        if (mirror.State == MirrorState.Paused)
            _pauses.Set(MirrorPart.EarlierProcess, new(mirror.Reason ?? ""));
        if (mirror.LastError is not null)
            _errors.Set(MirrorPart.EarlierProcess, new(mirror.LastError));
    }

    /// <summary>Raised when the mirror becomes paused.</summary>
    public event Action? Paused;

    /// <summary>The mirror as it was when the worker started; its settings do not change under it.</summary>
    public MirrorRecord Mirror { get; }

    public string Name => $"{Mirror.InvestigationId}/{ChannelName}";

    /// <summary>Which mirror this is, for the log.</summary>
    public MirrorKey Identity => new(Mirror.InvestigationId, Mirror.ChannelId, ChannelName);

    /// <summary>The channel's current name.</summary>
    public string ChannelName
    {
        get
        {
            lock (_lock)
                return _channelName;
        }
    }

    /// <summary>What holds the mirror up at the moment, or null.</summary>
    public string? CurrentIssue
    {
        get
        {
            lock (_lock)
                return (_pauses.First ?? _errors.First)?.Text;
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

    /// <summary>
    /// True from when the investigation was found closed until it was found open again: its War Room accepts nothing.
    /// </summary>
    public bool IsClosing
    {
        get => _isClosing;
        set => _isClosing = value;
    }

    /// <inheritdoc cref="ChannelNaming.Show"/>
    public string WithChannelName(string text) => ChannelNaming.Show(text, Mirror.ChannelId, ChannelName);

    /// <summary>Who can read the channel now.</summary>
    public async Task SetReadersAsync(ChannelReaders readers)
    {
        lock (_lock)
        {
            if (_readers == readers)
                return;
            _readers = readers;
        }

        try
        {
            await _store
                .SetReadersAsync(Mirror.ChannelId, readers.IsPrivate, readers.Members, readers.Guests)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MattermostXsoarException or ObjectDisposedException)
        {
            // Only what people see; the next check stores it.
            lock (_lock)
                _readers = null;
        }
    }

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
            await _store.SetChannelNameAsync(Mirror.ChannelId, name).ConfigureAwait(false);
            _runtime.Log.Information(
                ListenerLogEvents.ChannelRenamedByUser,
                $"The channel '{before}' was renamed to '{name}'.",
                Identity
            );
        }
        catch (Exception exception) when (exception is MattermostXsoarException or ObjectDisposedException)
        {
            // Only the name that people see; it is compared again, with the name that the store has.
            lock (_lock)
                _channelName = before;
            _runtime.Log.Warning(
                ListenerLogEvents.ChannelNameUpdateFailed,
                $"A channel's new name could not be stored: {exception.Message}",
                Identity,
                new() { Error = exception }
            );
        }
    }

    /// <summary>The channel was moved to another team: it is stored, and the mirror begins anew with it.</summary>
    public async Task MoveAsync(MattermostTeam team)
    {
        lock (_lock)
        {
            if (_teamId == team.Id)
                return;
            _teamId = team.Id;
        }

        try
        {
            await _store.SetTeamAsync(Mirror.ChannelId, team.Id, team.Name).ConfigureAwait(false);
            _runtime.Log.Information(
                ListenerLogEvents.ChannelMoved,
                $"The channel was moved from team '{Mirror.TeamName}' to team '{team.Name}'.",
                Identity
            );
        }
        catch
        {
            // The next check stores it.
            lock (_lock)
                _teamId = Mirror.TeamId;
            throw;
        }
    }

    /// <summary>A part works: whatever held it up is over.</summary>
    public Task SucceededAsync(MirrorPart part)
    {
        bool recovered;
        lock (_lock)
        {
            if (_pauses.Count == 0 && _errors.Count == 0 && !_isUnsaved)
                return Task.CompletedTask;
            _pauses.Remove(part);
            recovered = (_errors.Remove(part) | ForgetEarlierProcess()) && _errors.Count == 0;
        }

        if (recovered)
            LogError(
                part,
                ListenerLogLevel.Information,
                ListenerLogEvents.Recovered,
                "The problem is over.",
                new() { Duration = _runtime.Time.GetElapsedTime(_errorsAt) }
            );
        return UpdateAsync();
    }

    /// <summary>A part cannot go on until something outside changes.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cause">The error.</param>
    /// <param name="mask">Removes from the error's text what people may not see; null for nothing.</param>
    public Task PausedAsync(MirrorPart part, Exception cause, Func<string, Exception, string>? mask = null) =>
        PausedAsync(part, new HealthIssue(TextOf(cause, mask), cause));

    /// <inheritdoc cref="PausedAsync(MirrorPart, Exception, Func{string, Exception, string}?)"/>
    /// <param name="part">The part.</param>
    /// <param name="reason">Why, and what to do.</param>
    public Task PausedAsync(MirrorPart part, string reason) => PausedAsync(part, new HealthIssue(reason));

    /// <summary>An error that no rule foresees occurred in a part, which rests and begins again.</summary>
    public Task RestartingAsync(MirrorPart part, Exception cause, Func<string, Exception, string>? mask = null)
    {
        var text = mask is null ? cause.Message : mask(cause.Message, cause);
        LogError(
            part,
            ListenerLogLevel.Error,
            ListenerLogEvents.UnexpectedError,
            $"{part}: {cause.GetType().Name}: {text}",
            new() { Error = cause }
        );
        return PausedAsync(
            part,
            "An unexpected error holds this mirror up; it is tried again automatically. Report it if it persists: "
                + text
        );
    }

    /// <summary>An error that passes by itself occurred in a part: people see why messages wait.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cause">The error.</param>
    /// <param name="mask">Removes from the error's text what people may not see; null for nothing.</param>
    public Task RetryingAsync(MirrorPart part, Exception cause, Func<string, Exception, string>? mask = null)
    {
        var text = TextOf(cause, mask);
        lock (_lock)
        {
            ForgetEarlierProcess();
            if (_errors.Of(part)?.Text == text)
                return Task.CompletedTask;
            if (_errors.Count == 0)
                _errorsAt = _runtime.Time.GetTimestamp();
            _errors.Set(part, new(text, cause));
        }

        LogError(part, ListenerLogLevel.Warning, ListenerLogEvents.Retrying, text, new() { Error = cause });
        return UpdateAsync();
    }

    public Task CloseAsync(string reason)
    {
        lock (_lock)
        {
            if (_closed)
                return Task.CompletedTask;
            ForgetEarlierProcess();
            (_closed, _closedReason) = (true, reason);
        }

        return UpdateAsync();
    }

    public Task ReopenAsync()
    {
        lock (_lock)
            (_closed, _closedReason) = (false, null);
        return UpdateAsync();
    }

    private Task PausedAsync(MirrorPart part, HealthIssue issue)
    {
        lock (_lock)
        {
            ForgetEarlierProcess();
            _pauses.Set(part, issue);
        }

        return UpdateAsync();
    }

    // A part of this process has looked: what an earlier one found may be over, or be something else now.
    private bool ForgetEarlierProcess()
    {
        _pauses.Remove(MirrorPart.EarlierProcess);
        return _errors.Remove(MirrorPart.EarlierProcess);
    }

    // The writes are queued while the lock is held, so that the store ends with the state that was decided last.
    private Task UpdateAsync()
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
                : _pauses.First is { } pause ? (MirrorState.Paused, pause.Text)
                : (MirrorState.Active, null);
            var error = _errors.First?.Text;
            cause = now.State == MirrorState.Paused ? _pauses.First?.Cause : null;
            before = _shown;
            stateChanged = now != _shown;
            paused = (before.State, now.State) == (MirrorState.Active, MirrorState.Paused);
            lasted = _runtime.Time.GetElapsedTime(_stateAt);
            if (now.State != before.State)
                _stateAt = _runtime.Time.GetTimestamp();
            // A person's Stop is not undone by a worker that still reports.
            if (stateChanged || _isUnsaved)
            {
                writes.Add(
                    _store.SetMirrorStateAsync(
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

            if (error != _shownError || _isUnsaved)
                writes.Add(_store.SetLastErrorAsync(Mirror.Id, error));
            (_shown, _shownError, _isUnsaved) = (now, error, false);
        }

        if (paused)
            Paused?.Invoke();
        if (stateChanged)
            LogState(
                before.State,
                now.State,
                now.Reason,
                new() { Error = cause, Duration = now.State == before.State ? null : lasted }
            );
        return FinishAsync(writes);
    }

    // A view of the state that cannot be written now is written with the next change; deliveries do not depend on it.
    private async Task FinishAsync(List<Task> writes)
    {
        try
        {
            await Task.WhenAll(writes).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MattermostXsoarException or ObjectDisposedException)
        {
            lock (_lock)
                _isUnsaved = true;
            _runtime.Log.Warning(
                ListenerLogEvents.MirrorStateWriteFailed,
                exception.Message,
                Identity,
                new() { Error = exception }
            );
        }
    }

    private string TextOf(Exception cause, Func<string, Exception, string>? mask)
    {
        var text = WithChannelName(ErrorSummary.Of(cause));
        return mask is null ? text : mask(text, cause);
    }

    // An error of the search for changed incidents concerns all mirrors, and is logged once (IncidentSearchFailed).
    private void LogError(
        MirrorPart part,
        ListenerLogLevel level,
        string what,
        string message,
        ListenerLogDetails details
    ) =>
        _runtime.Log.Write(
            part == MirrorPart.IncidentSearch ? ListenerLogLevel.Verbose : level,
            what,
            message,
            Identity,
            details
        );

    private void LogState(MirrorState before, MirrorState now, string? reason, ListenerLogDetails details)
    {
        if (now == MirrorState.Paused)
            _runtime.Log.Warning(ListenerLogEvents.MirrorPaused, reason ?? "", Identity, details);
        else if (now == MirrorState.Closed)
            _runtime.Log.Information(ListenerLogEvents.MirrorClosed, reason ?? "", Identity, details);
        else
            _runtime.Log.Information(
                before == MirrorState.Closed ? ListenerLogEvents.MirrorReopened : ListenerLogEvents.MirrorResumed,
                "Messages are mirrored.",
                Identity,
                details
            );
    }
}
