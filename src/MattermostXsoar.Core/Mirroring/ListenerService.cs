using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>Everything a session does with its listener: start it, stop it, wait for it, see its state.</summary>
internal sealed class ListenerService(LazyMirrorContext context, MirrorServiceOptions options)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly object _lock = new();
    private readonly DateTimeOffset _createdAt = options.Environment.TimeProvider.GetUtcNow();
    private MirrorListener? _listener;

    /// <summary>The listener's log; its records are written as things happen, from any thread.</summary>
    public ListenerLog Log => context.Log;

    /// <summary>The listener that runs, or null.</summary>
    public MirrorListener? Running => Listener is { Completion.IsCompleted: false } running ? running : null;

    /// <summary>Starts the session's listener; a running one is left as it is.</summary>
    /// <exception cref="MattermostXsoarException">
    /// ListenerAlreadyRunning when another process or session holds the state file.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var mirrors = context.Open();
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Listener is null or { Completion.IsCompleted: true })
                Listener = await MirrorListener
                    .StartAsync(mirrors, options.Environment, options.Realtime, options.ListenerParts)
                    .ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops the session's listener after the deliveries under way have arrived.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Listener is { } listener)
                await listener.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The session's listener as it is now.</summary>
    public MattermostListener View()
    {
        if (Listener is { } listener)
            return listener.View();
        var none = new MattermostListener
        {
            State = ListenerState.Stopped,
            StateSince = _createdAt,
            StatePath = context.StatePath,
            Reason = ListenerLease.LastHolder(context.StatePath) is { } holder
                ? $"This session runs no listener. The last one with this state file: {holder}."
                : null,
        };
        // A call before there ever was a listener creates no state file, and is not an error in a session that mirrors
        // nothing.
        return File.Exists(context.StatePath) && context.CanMirror
            ? ListenerCounts.AddTo(none, context.Open().Store)
            : none;
    }

    /// <summary>
    /// Waits until the listener is in a state; for <see cref="ListenerState.Stopped"/>, until it has ended.
    /// </summary>
    /// <exception cref="MattermostXsoarException">The error that ended the listener.</exception>
    public async Task WaitAsync(ListenerState state, CancellationToken cancellationToken)
    {
        if (
            Listener is { } listener
            && (
                !listener.Completion.IsCompleted
                || state == ListenerState.Stopped
                || listener.State is ListenerState.Failed
            )
        )
        {
            await listener.WaitAsync(state, cancellationToken).ConfigureAwait(false);
        }
        else if (state != ListenerState.Stopped)
        {
            throw new MattermostXsoarException(
                ErrorIds.ListenerNotRunning,
                ErrorKind.InvalidOperation,
                "This session runs no listener.",
                "Start one with Start-MattermostListener."
            );
        }
    }

    /// <summary>
    /// Why the mirrors that should be run are not run now, or not from Mattermost; null while a listener runs, here or
    /// in another process, and is connected as far as this session knows.
    /// </summary>
    public string? Problem()
    {
        if (Running is { } running)
        {
            var view = running.View();
            return view.State switch
            {
                ListenerState.Reconnecting =>
                    $"Reconnecting to Mattermost since {Time(view.StateSince)}: {view.Reason}",
                ListenerState.Connecting when view.Reason is { } reason =>
                    $"Connecting to Mattermost since {Time(view.StateSince)}: {reason}",
                _ => null,
            };
        }

        if (ListenerLease.IsHeld(context.StatePath))
            return null;
        var seen = ListenerLease.LastSeen(context.StatePath) is { } last ? $" (last seen {Time(last)})" : "";
        return $"No listener runs{seen}. Start one with Start-MattermostListener, or deliver once with Sync-MattermostMirror."
            + (
                Listener is { State: ListenerState.Failed } failed
                    ? $" This session's ended: {failed.View().Reason}"
                    : ""
            );
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>What the session's listener is doing.</summary>
    public ListenerState State => Listener?.State ?? ListenerState.Stopped;

    /// <summary>
    /// Has a mirror run that was started or changed: starts the listener unless it runs or is not wanted.
    /// </summary>
    public async Task StartForAsync(MirrorRecord mirror, CancellationToken cancellationToken)
    {
        if (Running is { } running)
            await running.RefreshAsync().ConfigureAwait(false);
        else
            await StartForAsync("the mirror", MirrorKey.Of(mirror), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for anything else that a listener has to see to.</summary>
    /// <param name="what">What it is, for the log.</param>
    /// <param name="mirror">Which mirror it is about, if any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StartForAsync(string what, MirrorKey? mirror, CancellationToken cancellationToken)
    {
        if (options.NoListener || Running is not null)
            return;
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MattermostXsoarException exception) when (exception.ErrorId == ErrorIds.ListenerAlreadyRunning)
        {
            // The other listener finds the mirror in the store.
            Log.Information(
                ListenerLogEvents.OtherListenerActive,
                $"{exception.Message} It runs {what} within a second or two.",
                mirror
            );
        }
    }

    private MirrorListener? Listener
    {
        get
        {
            lock (_lock)
                return _listener;
        }
        set
        {
            lock (_lock)
                _listener = value;
        }
    }
}
