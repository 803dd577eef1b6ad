using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// The newest entries of a War Room that were read, so that what a reading returns again costs nothing, and changed and
/// missing entries are noticed. The store also knows those that are no longer remembered here.
/// </summary>
internal sealed class EntryTracker
{
    private const int MaxRemembered = 5000;
    private const int Slack = 1000;

    // An entry that an earlier process recorded: it may have been changed since.
    private static readonly Stamp Unknown = new(-1, -1, false);

    private Dictionary<string, (long CreatedTicks, Stamp Stamp)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unexplained = new(StringComparer.Ordinal);

    /// <summary>Adds what the store knows of the newest entries, sorted by their times.</summary>
    public void Load(IReadOnlyList<KnownMessage> entries)
    {
        var forgotten = Math.Max(0, entries.Count - MaxRemembered);
        // The store keeps whole milliseconds.
        if (forgotten > 0)
            CompleteSince = Ticks(entries[forgotten - 1]) + TimeSpan.TicksPerMillisecond;
        foreach (var entry in entries.Skip(forgotten))
            _entries[EntryKey.IdOf(entry.SourceId)] = (Ticks(entry), Unknown);
    }

    /// <summary>
    /// The time since which every entry that was read is remembered (ticks); 0 while all are.
    /// </summary>
    public long CompleteSince { get; private set; }

    /// <summary>Whether the entry has not been seen as it is now.</summary>
    public bool IsUnseen(XsoarEntry entry) =>
        !_entries.TryGetValue(entry.Id, out var known)
        || known.Stamp != Stamp.Of(entry)
        || known.CreatedTicks != entry.Created.UtcTicks;

    /// <summary>
    /// Whether the entry is certainly new or changed: it was not seen as it is now, nor recorded by an earlier process.
    /// </summary>
    public bool IsChanged(XsoarEntry entry) =>
        IsUnseen(entry) && !(_entries.TryGetValue(entry.Id, out var known) && known.Stamp == Unknown);

    public void Remember(IEnumerable<XsoarEntry> entries)
    {
        foreach (var entry in entries)
            _entries[entry.Id] = (entry.Created.UtcTicks, Stamp.Of(entry));
        if (_entries.Count <= MaxRemembered + Slack)
            return;
        var byAge = _entries.OrderBy(known => known.Value.CreatedTicks).ToList();
        var forgotten = byAge.Count - MaxRemembered;
        CompleteSince = Math.Max(CompleteSince, byAge[forgotten - 1].Value.CreatedTicks + 1);
        // A new one: a dictionary keeps the memory that it once needed, and a reading may return ten times as many as
        // are remembered.
        _entries = new Dictionary<string, (long CreatedTicks, Stamp Stamp)>(
            MaxRemembered + Slack,
            StringComparer.Ordinal
        );
        foreach (var (id, known) in byAge.Skip(forgotten).Select(pair => (pair.Key, pair.Value)))
            _entries.Add(id, known);
    }

    /// <summary>The known entries that a reading of everything since a time did not return.</summary>
    public IReadOnlyList<string> Missing(DateTimeOffset from, IEnumerable<XsoarEntry> read)
    {
        var present = new HashSet<string>(read.Select(entry => entry.Id), StringComparer.Ordinal);
        // The store has whole milliseconds.
        var earliest = from.UtcTicks + TimeSpan.TicksPerMillisecond;
        return
        [
            .. _entries
                .Where(known =>
                    known.Value.CreatedTicks > earliest
                    && !known.Value.Stamp.Deleted
                    && !present.Contains(known.Key)
                    && !_unexplained.Contains(known.Key)
                )
                .Select(known => known.Key),
        ];
    }

    /// <summary>The server does not list these as deleted; they are not looked up again.</summary>
    public void LeaveUnexplained(IEnumerable<string> ids) => _unexplained.UnionWith(ids);

    private static long Ticks(KnownMessage entry) => DateTimeOffset.FromUnixTimeMilliseconds(entry.SourceAt).UtcTicks;

    private readonly record struct Stamp(long ModifiedTicks, long Version, bool Deleted)
    {
        public static Stamp Of(XsoarEntry entry) => new(entry.Modified.UtcTicks, entry.Version, entry.Deleted);
    }
}
