using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// The newest entries of a War Room that were read, so that what a reading brings again costs nothing, what was changed
/// is noticed, and what is missing is missed. What is forgotten here the store still knows.
/// </summary>
internal sealed class EntryTracker
{
    private const int Most = 5000;
    private const int Slack = 1000;

    // An entry that an earlier process recorded: it may have been changed since.
    private static readonly Stamp Unknown = new(-1, -1, false);

    private Dictionary<string, (long CreatedTicks, Stamp Stamp)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unexplained = new(StringComparer.Ordinal);

    /// <summary>Takes in what the store knows of the newest entries, sorted by their times.</summary>
    public void Load(IReadOnlyList<KnownLine> lines)
    {
        var forgotten = Math.Max(0, lines.Count - Most);
        // The store keeps whole milliseconds.
        if (forgotten > 0)
            CompleteSince = Ticks(lines[forgotten - 1]) + TimeSpan.TicksPerMillisecond;
        foreach (var line in lines.Skip(forgotten))
            _entries[line.SourceId] = (Ticks(line), Unknown);
    }

    /// <summary>The time from which on every entry that was read is remembered (ticks); 0 when nothing was forgotten
    /// yet.</summary>
    public long CompleteSince { get; private set; }

    /// <summary>Whether the entry has not been seen as it is now.</summary>
    public bool IsFresh(XsoarEntry entry) =>
        !_entries.TryGetValue(entry.Id, out var known) || known.Stamp != Stamp.Of(entry);

    /// <summary>Whether it is known that the entry was not seen as it is now.</summary>
    public bool IsNews(XsoarEntry entry) =>
        IsFresh(entry) && !(_entries.TryGetValue(entry.Id, out var known) && known.Stamp == Unknown);

    public void Remember(IEnumerable<XsoarEntry> entries)
    {
        foreach (var entry in entries)
            _entries[entry.Id] = (entry.Created.UtcTicks, Stamp.Of(entry));
        if (_entries.Count <= Most + Slack)
            return;
        var byAge = _entries.OrderBy(known => known.Value.CreatedTicks).ToList();
        var forgotten = byAge.Count - Most;
        CompleteSince = Math.Max(CompleteSince, byAge[forgotten - 1].Value.CreatedTicks + 1);
        // A new one: a dictionary keeps the room that it once needed, and a reading may bring ten times what is
        // remembered.
        _entries = new Dictionary<string, (long CreatedTicks, Stamp Stamp)>(Most + Slack, StringComparer.Ordinal);
        foreach (var (id, known) in byAge.Skip(forgotten).Select(pair => (pair.Key, pair.Value)))
            _entries.Add(id, known);
    }

    /// <summary>The entries that were there and that a reading of everything since a time did not bring.</summary>
    public IReadOnlyList<string> Missing(DateTimeOffset from, IEnumerable<XsoarEntry> read)
    {
        var present = new HashSet<string>(read.Select(entry => entry.Id), StringComparer.Ordinal);
        // The store keeps whole milliseconds.
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

    /// <summary>The server does not say what became of these; it is not asked again and again.</summary>
    public void LeaveUnexplained(IEnumerable<string> ids) => _unexplained.UnionWith(ids);

    private static long Ticks(KnownLine line) => DateTimeOffset.FromUnixTimeMilliseconds(line.SourceAt).UtcTicks;

    private readonly record struct Stamp(long ModifiedTicks, long Version, bool Deleted)
    {
        public static Stamp Of(XsoarEntry entry) => new(entry.Modified.UtcTicks, entry.Version, entry.Deleted);
    }
}
