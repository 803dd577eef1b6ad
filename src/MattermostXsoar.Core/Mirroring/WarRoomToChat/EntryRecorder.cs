using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Records the entries of one mirror's War Room, with how far it has been read, and hands them to the delivery. Knows from
/// where on the War Room has to be read. An entry from the future is mirrored but does not move that
/// (<see cref="ClockSkewGuard"/>). Used by one reading at a time, except <see cref="Cursor"/>.
/// </summary>
internal sealed class EntryRecorder
{
    private readonly MirrorRuntime _runtime;
    private readonly MirrorRecord _mirror;
    private readonly DeliveryWorker _worker;
    private readonly Func<LookupStart> _lookupStart;
    private readonly EntryDeliveries _deliveries;
    private readonly EntryTracker _tracker = new();
    private readonly ClockSkewGuard _clock;
    private long _cursor;
    private long? _readAt;

    // Of any entry, be it from the future, which does not move the cursor.
    private long _newestSeen;

    // While the server's clock is behind where it was: the time of its last entry.
    private long? _behind;
    private bool _wasBehind;

    /// <param name="store">What is known of the War Room.</param>
    /// <param name="runtime">Clock and intervals.</param>
    /// <param name="mirror">The mirror.</param>
    /// <param name="worker">What delivers into the channel.</param>
    /// <param name="lookupStart">Where a look-up in the channel has to begin from now on.</param>
    public EntryRecorder(
        StateStore store,
        MirrorRuntime runtime,
        MirrorRecord mirror,
        DeliveryWorker worker,
        Func<LookupStart> lookupStart
    )
    {
        _runtime = runtime;
        _mirror = mirror;
        _worker = worker;
        _lookupStart = lookupStart;
        _deliveries = new EntryDeliveries(store, runtime, mirror);
        _clock = new ClockSkewGuard(runtime.Time);
        _cursor = _newestSeen = mirror.WarRoomCursor;
        var since =
            new DateTimeOffset(_cursor, TimeSpan.Zero).ToUnixTimeMilliseconds()
            - (long)runtime.Options.EditWindow.TotalMilliseconds;
        _tracker.Load(store.ReadKnown(mirror.Id, DeliveryDirection.WarRoomToChat, since));
    }

    /// <summary>The newest entry's time that was recorded (ticks, XSOAR's clock).</summary>
    public long Cursor => Interlocked.Read(ref _cursor);

    /// <summary>
    /// Where the reading has to begin; null for the whole War Room. A server whose clock was set back gives new entries
    /// times that were read already: the time at which the search last showed a change, and this machine's own, reveal
    /// that.
    /// </summary>
    /// <param name="window">The reading's kind.</param>
    /// <param name="overlap">How far before the newest known entry it begins.</param>
    /// <param name="changedAt">When the investigation last changed (ticks); <see cref="long.MaxValue"/> if that is not
    /// known.</param>
    public DateTimeOffset? ReadFrom(PollWindow window, TimeSpan overlap, long changedAt)
    {
        if (_cursor == 0)
            return null;
        var options = _runtime.Options;
        var start = window.IsWhole ? Math.Min(_cursor, _runtime.Time.GetUtcNow().UtcTicks) : _cursor;
        // Its first entries since then may lie long before what the search shows.
        if (_behind is null && changedAt < start - overlap.Ticks)
            overlap = options.EditWindow;
        changedAt = Math.Min(changedAt, _behind ?? long.MaxValue);
        if (changedAt < start - overlap.Ticks)
            start = Math.Max(changedAt, start - options.EditWindow.Ticks);
        var from = start - overlap.Ticks;
        if (window.IsDeep)
            from = Math.Max(from, Math.Min(_tracker.CompleteSince, start - options.WarRoomOverlap.Ticks));
        return new DateTimeOffset(Math.Max(0, from), TimeSpan.Zero);
    }

    /// <summary>The entries that were there before and that a reading of everything since a time did not bring.</summary>
    public IReadOnlyList<string> Missing(DateTimeOffset from, IEnumerable<XsoarEntry> read) =>
        _tracker.Missing(from, read);

    /// <summary>The server does not say what became of these; it is not asked again and again.</summary>
    public void LeaveUnexplained(IEnumerable<string> ids) => _tracker.LeaveUnexplained(ids);

    /// <summary>Records what a reading brought.</summary>
    /// <param name="entries">The entries, sorted by their times.</param>
    /// <param name="from">Where the reading began; null for the beginning.</param>
    /// <returns>How many entries were new or changed, and how many deliveries were recorded.</returns>
    public async Task<(int News, int Recorded)> RecordAsync(IReadOnlyList<XsoarEntry> entries, DateTimeOffset? from)
    {
        var readAt = _readAt;
        _readAt = _runtime.Time.GetTimestamp();
        var fresh = entries.Where(_tracker.IsFresh).ToList();
        if (fresh.Count == 0)
            return (0, 0);
        // A clock that was set back may have been set forward again: entries behind go on from those read there.
        var away = _behind is null ? Away(readAt) : TimeSpan.MaxValue;
        fresh = EntryOrdering.Of(fresh, _newestSeen, away, _tracker.IsNews);
        var (newFrom, lookupStart) = (NewFrom(from), _lookupStart());
        // An entry without a time cannot be told from a new one; if it was mirrored, the store knows it.
        var deliveries = fresh
            .SelectMany(entry =>
                _deliveries.Of(entry, entry.Created >= newFrom || HasNoTime(entry), TimeOf(entry), lookupStart)
            )
            .ToList();
        var newest = Math.Max(_cursor, _clock.Newest(fresh)?.UtcTicks ?? 0);
        var added = await _worker.RecordAsync(deliveries, ReadPosition.WarRoom(newest)).ConfigureAwait(false);
        Interlocked.Exchange(ref _cursor, newest);
        var news = fresh.Count(_tracker.IsNews);
        _newestSeen = Math.Max(Math.Max(_newestSeen, newest), fresh.Max(entry => entry.Created.UtcTicks));
        FollowClock(fresh);
        _tracker.Remember(fresh);
        return (news, added.Count);
    }

    private void FollowClock(List<XsoarEntry> fresh)
    {
        if (fresh.LastOrDefault(_tracker.IsNews) is not { } last || HasNoTime(last))
            return;
        // Entries are looked for there once more after the clock came forward: a reading of several pages may have
        // missed some between two.
        var isBehind = EntryOrdering.IsBehind(last, _newestSeen);
        _behind =
            isBehind ? last.Created.UtcTicks
            : _wasBehind && _behind is null ? _behind
            : null;
        _wasBehind = isBehind;
    }

    // What is older was mirrored long ago, so that the store may have forgotten it (StateStore.PruneAsync), or is from
    // before the mirror began. A server that compares fromTime with 'modified' brings it again when it is edited.
    private DateTimeOffset NewFrom(DateTimeOffset? from)
    {
        if (from is null)
            return DateTimeOffset.MinValue;
        var remembered = _cursor - (_runtime.Options.EditWindow + _runtime.Options.WarRoomOverlap).Ticks;
        return new DateTimeOffset(Math.Max(0, Math.Max(remembered, _mirror.WarRoomSince)), TimeSpan.Zero);
    }

    private TimeSpan Away(long? readAt) =>
        readAt is { } at ? _runtime.Time.GetElapsedTime(at)
        : _mirror.LastDeliveryAt is { } delivered ? _runtime.Time.GetUtcNow() - delivered
        : TimeSpan.Zero;

    private DateTimeOffset TimeOf(XsoarEntry entry)
    {
        if (!HasNoTime(entry))
            return entry.Created;
        return _cursor > 0 ? new DateTimeOffset(_cursor, TimeSpan.Zero) : _runtime.Time.GetUtcNow();
    }

    private static bool HasNoTime(XsoarEntry entry) => entry.Created == DateTimeOffset.MinValue;
}
