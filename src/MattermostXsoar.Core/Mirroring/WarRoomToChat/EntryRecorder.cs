using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Records the entries of one mirror's War Room, with how far it has been read, and passes them to the delivery worker.
/// Decides where the next reading has to begin. An entry from the future is mirrored but does not move that
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

    // Of any entry, also one from the future, which does not move the cursor.
    private long _newestSeen;

    // While the server's clock shows an earlier time than before: the time of its last entry.
    private long? _behind;
    private bool _wasBehind;

    /// <param name="store">What is known of the War Room.</param>
    /// <param name="runtime">Clock and intervals.</param>
    /// <param name="mirror">The mirror.</param>
    /// <param name="worker">Delivers into the channel.</param>
    /// <param name="lookupStart">Where a look-up in the channel has to begin from now on.</param>
    /// <param name="postSize">The most characters in a post of the channel now.</param>
    public EntryRecorder(
        StateStore store,
        MirrorRuntime runtime,
        MirrorRecord mirror,
        DeliveryWorker worker,
        Func<LookupStart> lookupStart,
        Func<int> postSize
    )
    {
        _runtime = runtime;
        _mirror = mirror;
        _worker = worker;
        _lookupStart = lookupStart;
        _deliveries = new EntryDeliveries(store, runtime, mirror, postSize);
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
    /// times that were read already: that is noticed by the time at which the search last showed a change, and by this
    /// machine's clock.
    /// </summary>
    /// <param name="window">The reading's kind.</param>
    /// <param name="overlap">How far before the newest known entry it begins.</param>
    /// <param name="changedAt">
    /// When the investigation last changed (ticks); <see cref="long.MaxValue"/> if that is not known.
    /// </param>
    public DateTimeOffset? ReadFrom(PollWindow window, TimeSpan overlap, long changedAt)
    {
        if (_cursor == 0)
            return null;
        var options = _runtime.Options;
        var start = window.IsWhole ? Math.Min(_cursor, _runtime.Time.GetUtcNow().UtcTicks) : _cursor;
        // Its first entries since then may have times long before the change that the search shows.
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

    /// <summary>The known entries that a reading of everything since a time did not return.</summary>
    public IReadOnlyList<string> Missing(DateTimeOffset from, IEnumerable<XsoarEntry> read) =>
        _tracker.Missing(from, read);

    /// <summary>The server does not list these as deleted; they are not looked up again.</summary>
    public void LeaveUnexplained(IEnumerable<string> ids) => _tracker.LeaveUnexplained(ids);

    /// <summary>Records the result of a reading.</summary>
    /// <param name="entries">The entries, sorted by their times.</param>
    /// <param name="from">Where the reading began; null for the beginning.</param>
    /// <param name="mayLackOldest">The server may have cut off the oldest entries since then.</param>
    /// <returns>How many entries were new or changed, and how many deliveries were recorded.</returns>
    public async Task<(int Changed, int Recorded)> RecordAsync(
        IReadOnlyList<XsoarEntry> entries,
        DateTimeOffset? from,
        bool mayLackOldest = false
    )
    {
        var readAt = _readAt;
        _readAt = _runtime.Time.GetTimestamp();
        var unseen = entries.Where(_tracker.IsUnseen).ToList();
        if (unseen.Count == 0)
            return (0, 0);
        // A clock that was set back may have been set forward again: entries with earlier times follow those read
        // there.
        var elapsed = _behind is null ? ElapsedSince(readAt) : TimeSpan.MaxValue;
        unseen = EntryOrdering.Of(unseen, _newestSeen, elapsed, _tracker.IsChanged);
        var (newFrom, lookupStart) = (NewFrom(from), _lookupStart());
        // An entry without a time cannot be distinguished from a new one; if it was mirrored, the store knows it.
        var deliveries = unseen
            .SelectMany(entry =>
                _deliveries.Of(entry, entry.Created >= newFrom || HasNoTime(entry), TimeOf(entry), lookupStart)
            )
            .ToList();
        // An entry that was known before shows that nothing between it and the new ones is missing.
        if (mayLackOldest && from is not null && !entries.Any(entry => entry.Created.UtcTicks <= _cursor))
            deliveries.Insert(0, _deliveries.Gap(unseen[0], Cursor, unseen.Count, lookupStart));
        var newest = Math.Max(_cursor, _clock.Newest(unseen)?.UtcTicks ?? 0);
        var added = await _worker.RecordAsync(deliveries, ReadPosition.WarRoom(newest)).ConfigureAwait(false);
        Interlocked.Exchange(ref _cursor, newest);
        var changed = unseen.Count(_tracker.IsChanged);
        _newestSeen = Math.Max(Math.Max(_newestSeen, newest), unseen.Max(entry => entry.Created.UtcTicks));
        FollowClock(unseen);
        _tracker.Remember(unseen);
        return (changed, added.Count);
    }

    private void FollowClock(List<XsoarEntry> unseen)
    {
        if (unseen.LastOrDefault(_tracker.IsChanged) is not { } last || HasNoTime(last))
            return;
        // Entries are looked for there once more after the clock was set forward: a reading of several pages may have
        // missed some between two pages.
        var isBehind = EntryOrdering.IsBehind(last, _newestSeen);
        _behind =
            isBehind ? last.Created.UtcTicks
            : _wasBehind ? _behind
            : null;
        _wasBehind = isBehind;
    }

    // What is older was mirrored long ago, so that the store may have deleted it (StateStore.PruneAsync), or is from
    // before the mirror began. A server that compares fromTime with 'modified' returns it again when it is edited.
    private DateTimeOffset NewFrom(DateTimeOffset? from)
    {
        if (from is null)
            return DateTimeOffset.MinValue;
        var kept = _cursor - (_runtime.Options.EditWindow + _runtime.Options.WarRoomOverlap).Ticks;
        return new DateTimeOffset(Math.Max(0, Math.Max(kept, _mirror.WarRoomSince)), TimeSpan.Zero);
    }

    private TimeSpan ElapsedSince(long? readAt) =>
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
