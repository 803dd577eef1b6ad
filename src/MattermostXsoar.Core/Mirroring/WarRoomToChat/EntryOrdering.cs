using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Puts the new entries of one reading into the order in which they were written. That is the order of their times,
/// then that of ids that are numbers (xsoar-rest.md 2.5), and for random ids the server's. If the server's clock was set
/// back among them, numbers decide alone. If the ids are random, the time since the last reading is compared with how far the clock was set back: if less has
/// passed, the clock cannot have reached its earlier time again, so the entries with earlier times are the newer ones.
/// </summary>
internal static class EntryOrdering
{
    // Entries that merely appear late go by their times.
    private static readonly TimeSpan MinJump = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    // As many as fit into a long.
    private const int MaxDigits = 18;

    /// <summary>The entries in order.</summary>
    /// <param name="entries">The entries, sorted by their times.</param>
    /// <param name="cursor">The newest time that was read before (ticks).</param>
    /// <param name="elapsed">How long ago that was.</param>
    /// <param name="isNew">Whether an entry was not read before.</param>
    public static List<XsoarEntry> Of(
        List<XsoarEntry> entries,
        long cursor,
        TimeSpan elapsed,
        Func<XsoarEntry, bool> isNew
    )
    {
        var numbered = entries.Select(entry => (Entry: entry, Number: NumberOf(entry.Id))).ToList();
        if (numbered.TrueForAll(entry => entry.Number is not null))
        {
            numbered.Sort((one, other) => one.Number!.Value.CompareTo(other.Number!.Value));
            var byNumber = numbered.ConvertAll(entry => entry.Entry);
            return IsSetBack(byNumber) ? byNumber : [.. byNumber.OrderBy(entry => entry.Created)];
        }

        var behind = entries.Where(entry => IsBehind(entry, cursor) && isNew(entry)).ToList();
        return behind.Count > 0 && elapsed.Ticks < cursor - behind[0].Created.UtcTicks
            ? [.. entries.Except(behind), .. behind]
            : entries;
    }

    /// <summary>
    /// Whether an entry's time is so far before the newest that the entry does not merely appear late.
    /// </summary>
    public static bool IsBehind(XsoarEntry entry, long cursor) =>
        !HasNoTime(entry) && entry.Created.UtcTicks < cursor - Late.Ticks;

    private static bool IsSetBack(IEnumerable<XsoarEntry> inOrder)
    {
        var newest = DateTimeOffset.MinValue;
        foreach (var entry in inOrder.Where(entry => !HasNoTime(entry)))
        {
            if (newest - entry.Created > MinJump)
                return true;
            newest = entry.Created > newest ? entry.Created : newest;
        }

        return false;
    }

    private static bool HasNoTime(XsoarEntry entry) => entry.Created == DateTimeOffset.MinValue;

    private static long? NumberOf(string id)
    {
        var end = id.LastIndexOf('@');
        if (end is < 1 or > MaxDigits)
            return null;
        long number = 0;
        foreach (var digit in id.Take(end))
        {
            if (digit is < '0' or > '9')
                return null;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
