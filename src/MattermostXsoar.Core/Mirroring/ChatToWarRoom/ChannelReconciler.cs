using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Compares the channels that the bot is in with what is known of them: their newest posts, their names, and whether
/// they exist at all. If a server or a proxy loses an event and no other follows, there is no gap in the sequence
/// numbers; this comparison finds it, with one call for all channels (one per team on servers before 6.1). Done at the
/// start, at an interval, and at once after a connection was resumed or a new one was opened.
/// </summary>
/// <remarks>
/// A resume may lose an event although others follow it (ws-session-resume-race-posts.json of 11.6). So after a resume a
/// channel is read if anything was posted since the connection ended, and not only if its newest post is unknown.
/// </remarks>
internal sealed class ChannelReconciler(MattermostAccess mattermost, MirrorRuntime runtime, IChatMirrors mirrors)
{
    private readonly RecurringErrorLog _errors = new(
        runtime.Log,
        runtime.Time,
        ListenerLogEvents.ChannelCheckFailed,
        ListenerLogLevel.Warning
    );

    private readonly AsyncSignal _due = new();
    private readonly object _lock = new();

    // The newest post of each mirror when the connection ended; null while it has not.
    private Dictionary<IChatMirror, long>? _atEnd;

    // The same of a connection that was resumed, until a comparison that began later is done.
    private Dictionary<IChatMirror, long>? _beforeResume;
    private long _requests;
    private bool _listsByTeam;

    /// <summary>The connection has ended, or could not be opened again.</summary>
    public void NoteDisconnected()
    {
        lock (_lock)
            _atEnd ??= Newest(mirrors.All);
    }

    /// <summary>
    /// True from a resume until the channels have been compared: something may be missing before what comes now.
    /// </summary>
    public bool IsComparisonDue => Volatile.Read(ref _beforeResume) is not null;

    /// <summary>The connection was resumed: what was posted since it ended has to be read.</summary>
    public void NoteResumed()
    {
        lock (_lock)
        {
            Volatile.Write(ref _beforeResume, _beforeResume ?? _atEnd ?? []);
            _atEnd = null;
            _requests++;
        }
    }

    /// <summary>All that the server had kept of a resumed connection was received: the channels are compared.</summary>
    public void NoteResumeDone()
    {
        lock (_lock)
            Request();
    }

    /// <summary>Events are missing, as before a new connection: each mirror reads its channel in any case.</summary>
    public void NoteGap()
    {
        lock (_lock)
        {
            _atEnd = null;
            Request();
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var retry = new RetryLoop(runtime, _errors);
        while (true)
        {
            // A request ends the wait for the next comparison, also that after a failed one.
            using var round = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var comparing = retry.RepeatAsync(
                () => CompareAllAsync(round.Token),
                runtime.Options.Reconcile,
                round.Token
            );
            await Task.WhenAny(comparing, _due.WaitAsync(round.Token)).ConfigureAwait(false);
            round.Cancel();
            await Task.WhenAny(comparing).ConfigureAwait(false);
            stopping.ThrowIfCancellationRequested();
            if (comparing.IsFaulted)
                await comparing.ConfigureAwait(false);
        }
    }

    private static Dictionary<IChatMirror, long> Newest(IEnumerable<IChatMirror> mirrors) =>
        mirrors.ToDictionary(mirror => mirror, mirror => mirror.Chat.NewestAt);

    // Under the lock.
    private void Request()
    {
        _requests++;
        _listsByTeam = false;
        _due.Set();
    }

    private async Task CompareAllAsync(CancellationToken cancellationToken)
    {
        await mattermost.Bot.Settings.GetAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<IChatMirror, long>? beforeResume;
        long requests;
        lock (_lock)
            (beforeResume, requests) = (_beforeResume, _requests);
        if (
            mirrors.All.Count > 0
            && !await TryCompareAtOnceAsync(beforeResume, cancellationToken).ConfigureAwait(false)
        )
            await CompareByTeamAsync(beforeResume, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (_requests == requests)
                Volatile.Write(ref _beforeResume, null);
        }
    }

    /// <returns>False if the server has no list of the channels of all teams.</returns>
    private async Task<bool> TryCompareAtOnceAsync(
        Dictionary<IChatMirror, long>? beforeResume,
        CancellationToken cancellationToken
    )
    {
        if (_listsByTeam)
            return false;

        // What each mirror has seen is read first: a post that comes during the call then causes no reading twice.
        var seen = Newest(mirrors.All);
        try
        {
            var channels = await mattermost
                .Bot.Channels.ListForUserAsync(mattermost.BotUser.Id, cancellationToken)
                .ConfigureAwait(false);
            await CompareAsync(seen, channels, beforeResume).ConfigureAwait(false);
            _errors.Resolve();
            return true;
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.NotImplemented or ErrorKind.NotFound or ErrorKind.Permission)
        {
            _listsByTeam = true;
            return false;
        }
    }

    private async Task CompareByTeamAsync(
        Dictionary<IChatMirror, long>? beforeResume,
        CancellationToken cancellationToken
    )
    {
        foreach (var team in mirrors.All.Select(mirror => mirror.Mirror.TeamId).Distinct().ToList())
        {
            var seen = Newest(OfTeam(team));
            try
            {
                var channels = await mattermost
                    .Bot.Channels.ListForUserAsync(mattermost.BotUser.Id, team, cancellationToken)
                    .ConfigureAwait(false);
                await CompareAsync(seen, channels, beforeResume).ConfigureAwait(false);
                _errors.Resolve();
            }
            catch (ApiException exception) when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound)
            {
                // It concerns this team only, and each of its mirrors finds out what is wrong.
                _errors.Report(exception);
                foreach (var mirror in OfTeam(team).Where(mirror => mirror.Channel.IsUsable && !mirror.Health.IsClosed))
                    mirror.Channel.RequestCheck();
            }
        }
    }

    private static async Task CompareAsync(
        Dictionary<IChatMirror, long> seen,
        IReadOnlyList<MattermostChannel> listed,
        Dictionary<IChatMirror, long>? beforeResume
    )
    {
        var channels = listed.ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        foreach (var (mirror, newest) in seen.Select(pair => (pair.Key, pair.Value)))
        {
            // Archived channels are not listed.
            var isListed = channels.TryGetValue(mirror.Mirror.ChannelId, out var channel);
            if (isListed != mirror.Channel.IsUsable && !mirror.Health.IsClosed)
                mirror.Channel.RequestCheck();
            if (channel is null)
                continue;
            await mirror.Health.RenameAsync(channel.Name).ConfigureAwait(false);
            if (channel.TeamId != mirror.Mirror.TeamId)
                mirror.Channel.RequestCheck();
            if (beforeResume is not null && IsNewer(channel, mirror, beforeResume))
                mirror.Chat.NoteGap();
            else
                mirror.Chat.Compare(channel.LastPostAtMs, newest);
        }
    }

    // A mirror that began meanwhile has read its channel, perhaps before the event that was lost.
    private static bool IsNewer(
        MattermostChannel channel,
        IChatMirror mirror,
        Dictionary<IChatMirror, long> beforeResume
    ) => !beforeResume.TryGetValue(mirror, out var newest) || channel.LastPostAtMs > newest;

    private List<IChatMirror> OfTeam(string teamId) =>
        mirrors.All.Where(mirror => mirror.Mirror.TeamId == teamId).ToList();
}
