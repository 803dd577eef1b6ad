using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Finds out which investigations changed, with one search for all of them, and has only those read. Whether an
/// incident changes when an entry is added is not settled (xsoar-rest.md 13), so each War Room is also read now and
/// then without a sign of change; should that find something the search does not show, the search is not believed any
/// more.
/// </summary>
internal sealed class InvestigationPoller(MirrorContext context, MirrorSupervisor roster)
{
    // POST /incidents/search returns at most this many (swagger, IncidentFilter.size).
    private const int MostPerSearch = 1000;
    private const int MostReadsPerTick = 20;
    private const double MostSaved = 5;

    private readonly Dictionary<string, (DateTimeOffset Modified, long Version)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<long, long> _lastRead = [];

    // The mirrors being read without a sign of change, and those where such a reading found something: with what the
    // search showed of them at that time.
    private readonly Dictionary<long, (DateTimeOffset Modified, long Version)> _sweeping = [];
    private readonly Dictionary<long, (DateTimeOffset Modified, long Version)> _unhinted = [];
    private readonly AsyncSignal _wake = new();
    private readonly RecurringErrorLog _trouble = new(
        context.Log,
        context.Time,
        ListenerLogEvents.IncidentSearchFailed,
        ListenerLogLevel.Warning
    );
    private bool _searchIsBelieved = true;
    private double _sweepsDue;
    private long _sweepsCountedAt = context.Time.GetTimestamp();
    private int _activity;

    /// <summary>When the last search was answered.</summary>
    public DateTimeOffset? LastPollAt { get; private set; }

    /// <summary>Something happened: the next search comes soon.</summary>
    public void NoteActivity()
    {
        Interlocked.Exchange(ref _activity, 1);
        _wake.Set();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(context.Options, context.Random);
        var interval = context.Options.ActivePoll;
        while (true)
        {
            try
            {
                await TickAsync(stopping).ConfigureAwait(false);
                backoff.Reset();
                var active = Interlocked.Exchange(ref _activity, 0) == 1;
                interval = active ? context.Options.ActivePoll : Longer(interval);
                await WaitAsync(interval, active, stopping).ConfigureAwait(false);
            }
            catch (MattermostXsoarException exception)
            {
                MirrorMetrics.Polled(answered: false);
                _trouble.Report(exception);
                foreach (var worker in roster.All)
                    await TellAsync(worker.Health, exception).ConfigureAwait(false);
                await context.Time.Delay(backoff.Next(), stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One search, and the readings it calls for.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        var workers = roster.All;
        var found = await SearchAsync(workers, cancellationToken).ConfigureAwait(false);
        MirrorMetrics.Polled(answered: true);
        _trouble.Resolve();
        LastPollAt = context.Time.GetUtcNow();
        var overdue = SweepInterval(workers.Count);
        var reads = _searchIsBelieved ? SweepsNow(workers.Count, overdue) : MostReadsPerTick;
        foreach (var worker in workers.OrderBy(worker => LastRead(worker.Mirror.Id)))
        {
            await worker.Health.SucceededAsync(nameof(InvestigationPoller)).ConfigureAwait(false);
            if (!found.TryGetValue(worker.Mirror.InvestigationId, out var incident))
            {
                worker.Closer.NoteMissing();
                continue;
            }

            worker.Closer.Note(incident);
            if (!worker.Mirror.CarriesWarRoom)
                continue;
            CheckBelief(worker, incident);
            var isOverdue = context.Time.GetElapsedTime(LastRead(worker.Mirror.Id)) >= overdue;
            if (HasChanged(incident) || ((isOverdue || !_searchIsBelieved) && reads-- > 0))
                Read(worker, incident);
        }

        foreach (var incident in found.Values)
            _known[incident.Id] = (incident.Modified, incident.Version);
    }

    /// <summary>A reading found new entries.</summary>
    public void NoteFound(MirrorWorker worker)
    {
        NoteActivity();
        lock (_unhinted)
        {
            if (_sweeping.TryGetValue(worker.Mirror.Id, out var shown))
                _unhinted[worker.Mirror.Id] = shown;
        }
    }

    private static Task TellAsync(MirrorHealth health, MattermostXsoarException exception) =>
        FailurePolicy.Judge(exception) == FailureAction.Pause
            ? health.PauseAsync(nameof(InvestigationPoller), exception)
            : health.TroubledAsync(nameof(InvestigationPoller), exception);

    private async Task<Dictionary<string, XsoarIncident>> SearchAsync(
        IReadOnlyList<MirrorWorker> workers,
        CancellationToken cancellationToken
    )
    {
        var ids = workers.Select(worker => worker.Mirror.InvestigationId).Distinct(StringComparer.Ordinal).ToList();
        var found = new Dictionary<string, XsoarIncident>(StringComparer.Ordinal);
        for (var start = 0; start < ids.Count; start += MostPerSearch)
        {
            var query = new IncidentQuery { Ids = ids.Skip(start).Take(MostPerSearch).ToList(), Size = MostPerSearch };
            var page = await context.Xsoar.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var incident in page.Data)
                found[incident.Id] = incident;
        }

        return found;
    }

    private bool HasChanged(XsoarIncident incident) =>
        !_known.TryGetValue(incident.Id, out var known) || known != (incident.Modified, incident.Version);

    private void Read(MirrorWorker worker, XsoarIncident incident)
    {
        _lastRead[worker.Mirror.Id] = context.Time.GetTimestamp();
        var hasChanged = HasChanged(incident);
        if (hasChanged)
            NoteActivity();
        lock (_unhinted)
        {
            // What a reading finds that began at a sign, or may still be at work for one, says nothing against the
            // search.
            if (hasChanged || worker.WarRoom.IsReading)
                _sweeping.Remove(worker.Mirror.Id);
            else
                _sweeping[worker.Mirror.Id] = (incident.Modified, incident.Version);
        }

        // Met for the first time it is no sign of a change, only no proof of the contrary.
        worker.WarRoom.NoteChange(changedAt: hasChanged && _known.ContainsKey(incident.Id) ? incident.Modified : null);
    }

    // After a reading without a sign found something, the search has to show a change by now; one that does not will
    // not show the next either.
    private void CheckBelief(MirrorWorker worker, XsoarIncident incident)
    {
        lock (_unhinted)
        {
            if (!_unhinted.TryGetValue(worker.Mirror.Id, out var before))
                return;
            _unhinted.Remove(worker.Mirror.Id);
            if (_searchIsBelieved && before == (incident.Modified, incident.Version))
            {
                _searchIsBelieved = false;
                context.Log.Warning(
                    ListenerLogEvents.IncidentSearchUnreliable,
                    "This XSOAR server does not change an incident when an entry is added; every mirrored War Room is read at each poll instead.",
                    worker.Health.Identity
                );
            }
        }
    }

    private long LastRead(long mirrorId)
    {
        if (!_lastRead.TryGetValue(mirrorId, out var at))
            _lastRead[mirrorId] = at = context.Time.GetTimestamp();
        return at;
    }

    // Mirrors that were started together are overdue together: without this the server would meet all of them at once.
    private int SweepsNow(int mirrors, TimeSpan interval)
    {
        var now = context.Time.GetTimestamp();
        var gained = context.Time.GetElapsedTime(_sweepsCountedAt, now).TotalSeconds * mirrors / interval.TotalSeconds;
        _sweepsCountedAt = now;
        // What was saved up while none was overdue may come at once only in part.
        _sweepsDue = Math.Min(_sweepsDue + gained, Math.Min(MostReadsPerTick, Math.Max(MostSaved, gained)));
        var due = (int)_sweepsDue;
        _sweepsDue -= due;
        return due;
    }

    private TimeSpan SweepInterval(int mirrors)
    {
        var atMostOneInTwoSeconds = TimeSpan.FromSeconds(2 * mirrors);
        return atMostOneInTwoSeconds > context.Options.Sweep ? atMostOneInTwoSeconds : context.Options.Sweep;
    }

    private TimeSpan Longer(TimeSpan interval)
    {
        var longer = TimeSpan.FromMilliseconds(interval.TotalMilliseconds * 1.5);
        return longer < context.Options.IdlePoll ? longer : context.Options.IdlePoll;
    }

    // While idle, the wait is cut short by activity; while active, the interval is kept.
    private async Task WaitAsync(TimeSpan interval, bool active, CancellationToken stopping)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var timer = context.Time.Delay(interval, cut.Token);
        if (active || interval <= context.Options.ActivePoll)
        {
            await timer.ConfigureAwait(false);
            return;
        }

        var woken = _wake.WaitAsync(cut.Token);
        await Task.WhenAny(timer, woken).ConfigureAwait(false);
        cut.Cancel();
        // Until it has ended, this wait could take a signal that is meant to cut the next one short.
        await Task.WhenAny(woken).ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
    }
}
