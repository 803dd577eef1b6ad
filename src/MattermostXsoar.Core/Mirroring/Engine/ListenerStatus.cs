using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// The listener's state, made of the connection's state and of whether all mirrors have caught up; others can wait for
/// a state.
/// </summary>
internal sealed class ListenerStatus(TimeProvider time, ListenerLog log) : IConnectionObserver
{
    private readonly object _lock = new();
    private readonly object _changing = new();
    private readonly List<(ListenerState State, TaskCompletionSource<bool> Waiter)> _waiters = [];
    private ListenerState _state = ListenerState.Stopped;
    private DateTimeOffset _since = time.GetUtcNow();
    private long _sinceTimestamp = time.GetTimestamp();
    private string? _reason;
    private bool _online;
    private bool _wasOnline;
    private long _lastEventTicks;
    private Exception? _failure;

    /// <summary>Whether any mirror still reads what it may have missed.</summary>
    public Func<bool> IsCatchingUp { get; set; } = () => false;

    public ListenerState State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    /// <summary>The current state, without what is counted in the store.</summary>
    public MattermostListener View()
    {
        lock (_lock)
        {
            var lastEvent = Interlocked.Read(ref _lastEventTicks);
            return new MattermostListener
            {
                State = _state,
                StateSince = _since,
                Reason = _reason,
                ConnectedSince = ConnectedSince,
                LastEventAt = lastEvent == 0 ? null : new DateTimeOffset(lastEvent, TimeSpan.Zero),
                Reconnects = Reconnects,
            };
        }
    }

    private DateTimeOffset? ConnectedSince { get; set; }

    private int Reconnects { get; set; }

    public void NoteStarting() => Change(ListenerState.Connecting, null);

    /// <param name="duration">How long the stop took; null if the listener ended by itself.</param>
    public void NoteStopped(TimeSpan? duration) => Change(ListenerState.Stopped, null, duration);

    public void NoteFailed(Exception failure)
    {
        lock (_lock)
            _failure = failure;
        Change(ListenerState.Failed, ErrorSummary.Of(failure));
    }

    public void OnEvent() => Interlocked.Exchange(ref _lastEventTicks, time.GetUtcNow().UtcTicks);

    /// <summary>The connection opened or ended.</summary>
    public void OnConnection(RealtimeState state, string? reason)
    {
        lock (_changing)
            TakeConnection(state, reason);
    }

    private void TakeConnection(RealtimeState state, string? reason)
    {
        lock (_lock)
        {
            if (_state is ListenerState.Failed or ListenerState.Stopped)
                return;
            var online = state == RealtimeState.Online;
            if (online && !_online)
            {
                if (_wasOnline)
                {
                    Reconnects++;
                    MirrorMetrics.Reconnected();
                }

                ConnectedSince = time.GetUtcNow();
                _wasOnline = true;
            }
            else if (!online)
            {
                ConnectedSince = null;
            }

            _online = online;
        }

        if (state == RealtimeState.Online)
            OnProgress();
        else if (state != RealtimeState.Stopped)
            Change(_wasOnline ? ListenerState.Reconnecting : ListenerState.Connecting, reason);
    }

    /// <summary>Mirrors have to catch up, one has caught up, or the mirrors changed.</summary>
    public void OnProgress()
    {
        // Check and change under one lock: of two calls, the one that checked last must set the state last.
        lock (_changing)
        {
            lock (_lock)
            {
                if (!_online)
                    return;
            }

            Change(IsCatchingUp() ? ListenerState.CatchingUp : ListenerState.Connected, null);
        }
    }

    /// <summary>Waits for a state; if the listener fails, its error ends the wait for any other state.</summary>
    public Task WaitAsync(ListenerState state, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_state == state)
                return Task.CompletedTask;
            if (_state == ListenerState.Failed)
                return Task.FromException(_failure!);
            _waiters.Add((state, waiter));
        }

        return WaitAsync(waiter, cancellationToken);
    }

    private async Task WaitAsync(TaskCompletionSource<bool> waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken)))
        {
            try
            {
                await waiter.Task.ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                    _waiters.RemoveAll(known => known.Waiter == waiter);
            }
        }
    }

    private void Change(ListenerState state, string? reason, TimeSpan? duration = null)
    {
        List<TaskCompletionSource<bool>> reached;
        Exception? failure;
        lock (_lock)
        {
            if (_state == ListenerState.Failed && state != ListenerState.Connecting)
                return;
            if (_state == state && _reason == reason)
                return;
            if (_state != state)
            {
                // For Stopped how long the stop took; for all others how long the state before lasted.
                duration ??=
                    _state == ListenerState.Stopped || state == ListenerState.Stopped
                        ? null
                        : time.GetElapsedTime(_sinceTimestamp);
                (_since, _sinceTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
            }

            (_state, _reason) = (state, reason);
            failure = state == ListenerState.Failed ? _failure : null;
            reached = _waiters
                .Where(waiter => waiter.State == state || failure is not null)
                .Select(waiter => waiter.Waiter)
                .ToList();
            _waiters.RemoveAll(waiter => waiter.State == state || failure is not null);
        }

        if (
            state
                is ListenerState.Connected
                    or ListenerState.CatchingUp
                    or ListenerState.Stopped
                    or ListenerState.Connecting
            && reason is null
        )
            log.Information(state.ToString(), $"The listener is {Words(state)}.", null, new() { Duration = duration });
        else
            log.Write(
                state == ListenerState.Failed ? ListenerLogLevel.Error : ListenerLogLevel.Warning,
                state.ToString(),
                $"The listener is {Words(state)}{(reason is null ? "" : ": " + reason)}",
                null,
                new() { Duration = duration, Error = failure }
            );
        foreach (var waiter in reached)
        {
            if (failure is not null && state == ListenerState.Failed)
                waiter.TrySetException(failure);
            else
                waiter.TrySetResult(true);
        }
    }

    private static string Words(ListenerState state) =>
        state == ListenerState.CatchingUp ? "catching up" : state.ToString().ToLowerInvariant();
}
