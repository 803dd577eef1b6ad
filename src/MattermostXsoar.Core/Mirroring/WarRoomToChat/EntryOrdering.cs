using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Puts the new entries of one reading into the order in which they were said. Their times tell, unless the server's
/// clock was set back among them. Then ids that are numbers tell (xsoar-rest.md 2.5), and where they are random, what
/// is known of the time before: whoever was away for a minute cannot have missed the clock's coming round to where it
/// was.
/// </summary>
internal static class EntryOrdering
{
    // Entries that merely appear late, or meet in the same instant, go by their times.
    private static readonly TimeSpan LeastJump = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    // As many as a long holds.
    private const int MostDigits = 18;

    /// <summary>The entries in order.</summary>
    /// <param name="entries">The entries, sorted by their times.</param>
    /// <param name="cursor">The newest time that was read before (ticks).</param>
    /// <param name="away">How long ago that was.</param>
    /// <param name="isNew">Whether an entry was not met before.</param>
    public static List<XsoarEntry> Of(
        List<XsoarEntry> entries,
        long cursor,
        TimeSpan away,
        Func<XsoarEntry, bool> isNew
    )
    {
        var numbered = entries.Select(entry => (Entry: entry, Number: NumberOf(entry.Id))).ToList();
        if (numbered.TrueForAll(entry => entry.Number is not null))
        {
            numbered.Sort((one, other) => one.Number!.Value.CompareTo(other.Number!.Value));
            return IsSetBack(numbered.Select(entry => entry.Entry))
                ? numbered.ConvertAll(entry => entry.Entry)
                : entries;
        }

        var behind = entries.Where(entry => IsBehind(entry, cursor) && isNew(entry)).ToList();
        return behind.Count > 0 && away.Ticks < cursor - behind[0].Created.UtcTicks
            ? [.. entries.Except(behind), .. behind]
            : entries;
    }

    /// <summary>Whether an entry lies so far before the newest that it does not merely appear late.</summary>
    public static bool IsBehind(XsoarEntry entry, long cursor) =>
        !IsTimeless(entry) && entry.Created.UtcTicks < cursor - Late.Ticks;

    private static bool IsSetBack(IEnumerable<XsoarEntry> inOrder)
    {
        var newest = DateTimeOffset.MinValue;
        foreach (var entry in inOrder.Where(entry => !IsTimeless(entry)))
        {
            if (newest - entry.Created > LeastJump)
                return true;
            newest = entry.Created > newest ? entry.Created : newest;
        }

        return false;
    }

    private static bool IsTimeless(XsoarEntry entry) => entry.Created == DateTimeOffset.MinValue;

    private static long? NumberOf(string id)
    {
        var end = id.LastIndexOf('@');
        if (end is < 1 or > MostDigits)
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
