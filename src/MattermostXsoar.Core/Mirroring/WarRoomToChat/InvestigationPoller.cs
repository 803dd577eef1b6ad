using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Finds out which investigations changed, with one search for all of them, and has only those read. Whether an
/// incident changes when an entry is added is not known (xsoar-rest.md 13), so each War Room is also read from time to
/// time without a sign of change; if that finds something that the search does not show, the search is no longer relied
/// on.
/// </summary>
internal sealed class InvestigationPoller
{
    // POST /incidents/search returns at most this many (swagger, IncidentFilter.size).
    private const int MaxPerSearch = 1000;
    private const int MaxReadsPerTick = 20;
    private const double MaxSaved = 5;

    // Until it is known whether the search shows new entries, War Rooms are read in turn, one in two seconds; not where
    // there are so many that each would be read seldom.
    private const int MostForTrials = 20;
    private const double TrialsPerSecond = 0.5;
    private const double MaxTrials = 2.5;

    // While entries keep coming, at most a fifth of the time is spent on searches.
    private const int PausePerSearch = 4;

    // An incident may also change for another reason at the time at which an entry is added.
    private const int ProofsNeeded = 3;

    // In a session without XSOAR there are no mirrors, so that nothing is searched.
    private static readonly Uri NoServer = new("http://localhost");

    private readonly XsoarAccess _xsoar;
    private readonly MirrorRuntime _runtime;
    private readonly Func<IReadOnlyList<IPolledMirror>> _mirrors;
    private readonly AsyncSignal _wake = new();

    // Entries for the chat were found: more of them may follow.
    private readonly AsyncSignal _busy = new();
    private readonly RecurringErrorLog _errors;
    private readonly SearchKnowledge _search;
    private double _sweepsDue;
    private double _trialsDue;
    private long _sweepsCountedAt;
    private int _proofs;
    private int _activity;

    public InvestigationPoller(
        XsoarAccess xsoar,
        StateStore store,
        MirrorRuntime runtime,
        Func<IReadOnlyList<IPolledMirror>> mirrors
    )
    {
        _search = new SearchKnowledge(store, runtime.Time, xsoar.Configured?.BaseUri ?? NoServer);
        _xsoar = xsoar;
        _runtime = runtime;
        _mirrors = mirrors;
        _errors = new RecurringErrorLog(
            runtime.Log,
            runtime.Time,
            ListenerLogEvents.IncidentSearchFailed,
            ListenerLogLevel.Warning
        );
        _sweepsCountedAt = runtime.Time.GetTimestamp();
    }

    /// <summary>When the last search was answered.</summary>
    public DateTimeOffset? LastPollAt { get; private set; }

    /// <summary>Something happened: the next search comes soon.</summary>
    public void NoteActivity()
    {
        Interlocked.Exchange(ref _activity, 1);
        _wake.Set();
    }

    /// <summary>A reading of a mirror's War Room found new entries.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="recorded">How many deliveries were recorded for them; none for entries from the chat.</param>
    public void NoteFound(IPolledMirror mirror, int recorded = 0)
    {
        NoteActivity();
        mirror.Poll.NoteFound();
        if (recorded > 0)
            _busy.Set();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var retry = new RetryLoop(_runtime, new Reporter(this));
        var interval = _runtime.Options.ActivePoll;
        while (true)
        {
            var startedAt = _runtime.Time.GetTimestamp();
            await retry.RunAsync(() => PollAsync(stopping), stopping).ConfigureAwait(false);
            var took = _runtime.Time.GetElapsedTime(startedAt);
            var isActive = Interlocked.Exchange(ref _activity, 0) == 1;
            interval = isActive ? _runtime.Options.ActivePoll : Longer(interval);
            await WaitAsync(interval, BusyInterval(took), isActive, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>One search, and the readings that follow from it.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        var mirrors = _mirrors();
        var found = await SearchAsync(mirrors, cancellationToken).ConfigureAwait(false);
        MirrorMetrics.Polled(answered: true);
        _errors.Resolve();
        LastPollAt = _runtime.Time.GetUtcNow();
        var overdue = SweepInterval(mirrors.Count);
        CountSweeps(mirrors.Count, overdue);
        var reads = _search.Current == SearchReliability.Unreliable ? MaxReadsPerTick : (int)_sweepsDue;
        var trials =
            _search.Current == SearchReliability.Unknown && mirrors.Count <= MostForTrials ? (int)_trialsDue : 0;
        foreach (var mirror in mirrors.OrderBy(mirror => mirror.Poll.LastReadAt))
        {
            await mirror.Health.SucceededAsync(MirrorPart.IncidentSearch).ConfigureAwait(false);
            if (!found.TryGetValue(mirror.Mirror.InvestigationId, out var incident))
            {
                mirror.OnIncidentMissing();
                continue;
            }

            mirror.OnIncident(incident);
            if (mirror.Mirror.MirrorsWarRoom)
            {
                await CheckSearchAsync(mirror, incident).ConfigureAwait(false);
                var isOverdue =
                    _search.Current == SearchReliability.Unreliable
                    || _runtime.Time.GetElapsedTime(mirror.Poll.LastReadAt) >= overdue;
                if (mirror.Poll.HasChanged(incident))
                {
                    Read(mirror, incident);
                }
                else if ((isOverdue && reads > 0) || trials > 0)
                {
                    reads--;
                    trials--;
                    _sweepsDue = Math.Max(0, _sweepsDue - 1);
                    _trialsDue = Math.Max(0, _trialsDue - 1);
                    Read(mirror, incident);
                }
            }

            mirror.Poll.Remember(incident);
        }
    }

    private async Task<Dictionary<string, XsoarIncident>> SearchAsync(
        IReadOnlyList<IPolledMirror> mirrors,
        CancellationToken cancellationToken
    )
    {
        var ids = mirrors.Select(mirror => mirror.Mirror.InvestigationId).Distinct(StringComparer.Ordinal).ToList();
        var found = new Dictionary<string, XsoarIncident>(StringComparer.Ordinal);
        for (var start = 0; start < ids.Count; start += MaxPerSearch)
        {
            var query = new IncidentQuery { Ids = ids.Skip(start).Take(MaxPerSearch).ToList(), Size = MaxPerSearch };
            var page = await _xsoar.Client.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var incident in page.Data)
                found[incident.Id] = incident;
        }

        return found;
    }

    private void Read(IPolledMirror mirror, XsoarIncident incident)
    {
        var hasChanged = mirror.Poll.HasChanged(incident);
        if (hasChanged)
            NoteActivity();
        var isReading = mirror.WarRoom.IsReading;
        mirror.Poll.BeginRead(
            incident,
            isAnnounced: hasChanged || isReading,
            isShownChange: hasChanged && mirror.Poll.IsKnown && !isReading
        );
        // When the search shows it for the first time, whether it changed is not known.
        mirror.WarRoom.NoteChange(changedAt: hasChanged && mirror.Poll.IsKnown ? incident.Modified : null);
    }

    private async Task CheckSearchAsync(IPolledMirror mirror, XsoarIncident incident)
    {
        if (
            mirror.Poll.TakeProofForSearch()
            && ++_proofs >= ProofsNeeded
            && _search.Current == SearchReliability.Unknown
        )
            await _search.LearnAsync(SearchReliability.Reliable).ConfigureAwait(false);
        if (!mirror.Poll.TakeProofAgainstSearch(incident) || _search.Current == SearchReliability.Unreliable)
            return;
        await _search.LearnAsync(SearchReliability.Unreliable).ConfigureAwait(false);
        _runtime.Log.Warning(
            ListenerLogEvents.IncidentSearchUnreliable,
            "This XSOAR server does not change an incident when an entry is added; every mirrored War Room is read at "
                + "each poll instead.",
            mirror.Health.Identity
        );
    }

    // Mirrors that were started together are overdue together: without this the server would get all of them at once.
    private void CountSweeps(int mirrors, TimeSpan interval)
    {
        var now = _runtime.Time.GetTimestamp();
        var elapsed = _runtime.Time.GetElapsedTime(_sweepsCountedAt, now).TotalSeconds;
        var gained = elapsed * mirrors / interval.TotalSeconds;
        _sweepsCountedAt = now;
        // What was saved up while none was overdue may come at once only in part.
        _sweepsDue = Math.Min(_sweepsDue + gained, Math.Min(MaxReadsPerTick, Math.Max(MaxSaved, gained)));
        _trialsDue = Math.Min(_trialsDue + elapsed * TrialsPerSecond, MaxTrials);
    }

    private TimeSpan SweepInterval(int mirrors)
    {
        var atMostOneInTwoSeconds = TimeSpan.FromSeconds(2 * mirrors);
        return atMostOneInTwoSeconds > _runtime.Options.Sweep ? atMostOneInTwoSeconds : _runtime.Options.Sweep;
    }

    private TimeSpan Longer(TimeSpan interval)
    {
        var longer = TimeSpan.FromMilliseconds(interval.TotalMilliseconds * 1.5);
        return longer < _runtime.Options.IdlePoll ? longer : _runtime.Options.IdlePoll;
    }

    private TimeSpan BusyInterval(TimeSpan searchTook)
    {
        var pause = TimeSpan.FromTicks(searchTook.Ticks * PausePerSearch);
        return pause > _runtime.Options.BusyPoll ? pause : _runtime.Options.BusyPoll;
    }

    // The wait is cut short where entries for the chat keep coming, and while idle by any activity.
    private async Task WaitAsync(TimeSpan interval, TimeSpan shortest, bool isActive, CancellationToken stopping)
    {
        var startedAt = _runtime.Time.GetTimestamp();
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var busy = _busy.WaitAsync(cut.Token);
        var signals = new List<Task> { busy };
        if (!isActive && interval > _runtime.Options.ActivePoll)
            signals.Add(_wake.WaitAsync(cut.Token));
        var timer = _runtime.Time.Delay(interval, cut.Token);
        await Task.WhenAny(signals.Append(timer)).ConfigureAwait(false);
        cut.Cancel();
        // Until they have ended, these waits could take a signal that is meant to cut the next one short.
        await Task.WhenAny(Task.WhenAll(signals)).ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        var rest = (shortest < interval ? shortest : interval) - _runtime.Time.GetElapsedTime(startedAt);
        if (busy.Status == TaskStatus.RanToCompletion && rest > TimeSpan.Zero)
            await _runtime.Time.Delay(rest, stopping).ConfigureAwait(false);
    }

    // A failed search concerns every mirror: each shows it, and the log has it once.
    private sealed class Reporter(InvestigationPoller poller) : IRetryReporter
    {
        public Task SucceededAsync() => poller._errors.SucceededAsync();

        public async Task FailedAsync(FailureAction action, Exception exception)
        {
            MirrorMetrics.Polled(answered: false);
            await poller._errors.FailedAsync(action, exception).ConfigureAwait(false);
            foreach (var mirror in poller._mirrors())
            {
                await new HealthReporter(mirror.Health, MirrorPart.IncidentSearch)
                    .FailedAsync(action, exception)
                    .ConfigureAwait(false);
            }
        }
    }
}
