using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// Reads all entries of a War Room since a time, whatever the server does with an answer that is too long. It is not
/// known which end of a long answer is cut off, nor where the limit is (xsoar-rest.md 2.4), so a full answer is
/// requested again with a larger page, and if an answer is not known to be complete, the rest is looked for before and
/// after it. An answer is complete if it is shorter than one that this server gave before, or than any limit that a
/// server might have.
/// </summary>
internal sealed class WarRoomReader(XsoarClient xsoar, WarRoomPageLimit limit)
{
    private const int FirstPage = 200;
    private const int LargestPage = 16000;

    // Enough to see whether there is anything before the oldest entry.
    private const int SmallPage = 10;

    private const int MaxPages = 200;

    // The page that the last answer would have fitted into, so that a busy War Room is not requested twice each time.
    private int _firstPage = FirstPage;

    /// <summary>The entries since <paramref name="from"/>, oldest first; all entries when it is null.</summary>
    public async Task<WarRoomContents> ReadAsync(
        string investigationId,
        DateTimeOffset? from,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, XsoarEntry>(StringComparer.Ordinal);
        var investigation = await GrowAsync(investigationId, from, found, cancellationToken).ConfigureAwait(false);
        var reachedStart = true;
        if (investigation.Cut)
        {
            await GoForwardAsync(investigationId, found, cancellationToken).ConfigureAwait(false);
            reachedStart = await GoBackAsync(investigationId, from, found, cancellationToken).ConfigureAwait(false);
        }

        // Sorting is stable: entries of the same instant keep the server's order.
        var entries = found.Values.OrderBy(entry => entry.Created).ToList();
        return new WarRoomContents(investigation.Investigation, entries, !reachedStart);
    }

    private async Task<(XsoarInvestigation Investigation, bool Cut)> GrowAsync(
        string investigationId,
        DateTimeOffset? from,
        Dictionary<string, XsoarEntry> found,
        CancellationToken cancellationToken
    )
    {
        for (var pageSize = _firstPage; ; pageSize *= 4)
        {
            var query = new EntryQuery { FromTime = from, PageSize = Math.Min(pageSize, LargestPage) };
            var page = await xsoar
                .GetInvestigationAsync(investigationId, query, cancellationToken)
                .ConfigureAwait(false);
            var mayBeCut = limit.MayCut(page.Entries.Count);
            limit.Learn(page.Entries.Count);
            var before = found.Count;
            Add(page.Entries, found);
            if (page.Entries.Count < query.PageSize || query.PageSize == LargestPage)
                _firstPage = FirstPageFor(page.Entries.Count);
            if (page.Entries.Count < query.PageSize && before == 0)
                return (page, Cut: mayBeCut);
            // More than the first page was needed, so the server's own limit may have been reached; or these are just
            // all entries.
            if (page.Entries.Count < query.PageSize || query.PageSize == LargestPage)
                return (page, Cut: true);
        }
    }

    // Twice as many entries still fit.
    private static int FirstPageFor(int entries)
    {
        var page = FirstPage;
        while (page < LargestPage && page <= 2 * entries)
            page *= 4;
        return Math.Min(page, LargestPage);
    }

    private async Task<(IReadOnlyList<XsoarEntry> Entries, bool MayBeCut)> PageAsync(
        string investigationId,
        EntryQuery query,
        CancellationToken cancellationToken
    )
    {
        var page = await xsoar.GetInvestigationAsync(investigationId, query, cancellationToken).ConfigureAwait(false);
        var mayBeCut = page.Entries.Count >= query.PageSize || limit.MayCut(page.Entries.Count);
        limit.Learn(page.Entries.Count);
        return (page.Entries, mayBeCut);
    }

    // Where the server keeps the oldest and cuts the newest; and for what was written since the first request.
    private async Task GoForwardAsync(
        string investigationId,
        Dictionary<string, XsoarEntry> found,
        CancellationToken cancellationToken
    )
    {
        for (var pages = 0; pages < MaxPages && found.Count > 0; pages++)
        {
            var known = new HashSet<string>(found.Keys, StringComparer.Ordinal);
            var newest = found.Values.Max(entry => entry.Created);
            var query = new EntryQuery { FromTime = newest, PageSize = pages == 0 ? FirstPage : LargestPage };
            var (entries, mayBeCut) = await PageAsync(investigationId, query, cancellationToken).ConfigureAwait(false);
            if (!Add(entries, found))
                return;
            if (!entries.Any(entry => entry.Created == newest && known.Contains(entry.Id)))
                await CloseGapAsync(investigationId, newest, entries, known, found, cancellationToken)
                    .ConfigureAwait(false);
            // While people write, every answer brings something new: what comes after a whole answer is for the next
            // reading.
            if (!mayBeCut)
                return;
        }
    }

    // Where the server keeps the newest, and more was written since the last request than it puts into one answer:
    // what lies between would be found by the next reading only, and be delivered after what is newer.
    private async Task CloseGapAsync(
        string investigationId,
        DateTimeOffset newest,
        IReadOnlyList<XsoarEntry> entries,
        HashSet<string> known,
        Dictionary<string, XsoarEntry> found,
        CancellationToken cancellationToken
    )
    {
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var oldest = entries
                .Where(entry => entry.Created >= newest && !known.Contains(entry.Id))
                .OrderBy(entry => entry.Created)
                .FirstOrDefault();
            if (oldest is null)
                return;
            var query = new EntryQuery { LastId = oldest.Id, PageSize = LargestPage };
            (entries, _) = await PageAsync(investigationId, query, cancellationToken).ConfigureAwait(false);
            if (!Add(entries.Where(entry => entry.Created >= newest), found) || entries.Any(Known))
                return;
        }

        bool Known(XsoarEntry entry) => known.Contains(entry.Id);
    }

    // Where the server keeps the newest and cuts the oldest: 'lastId' requests an entry and those before it. Returns
    // whether the server showed that nothing more is before what was found.
    private async Task<bool> GoBackAsync(
        string investigationId,
        DateTimeOffset? from,
        Dictionary<string, XsoarEntry> found,
        CancellationToken cancellationToken
    )
    {
        for (var pages = 0; pages < MaxPages && found.Count > 0; pages++)
        {
            // A server that compares fromTime with 'modified' also returns old entries that were edited: they are no
            // sign that the beginning was reached.
            var oldest = found
                .Values.Where(entry => entry.Created > (from ?? DateTimeOffset.MinValue) || entry.Created == from)
                .OrderBy(entry => entry.Created)
                .FirstOrDefault();
            if (oldest is null || oldest.Created == from)
                return true;
            // Mostly nothing was cut off: the first request is a small one.
            var query = new EntryQuery { LastId = oldest.Id, PageSize = pages == 0 ? SmallPage : LargestPage };
            var (entries, _) = await PageAsync(investigationId, query, cancellationToken).ConfigureAwait(false);
            var older = entries.Where(entry =>
                entry.Created <= oldest.Created
                && (from is null || entry.Created >= from || entry.Created == DateTimeOffset.MinValue)
            );
            // A server that ignores 'lastId' returns the newest entries: they do not count.
            if (!Add(older, found))
                return entries.All(entry => entry.Created <= oldest.Created);
        }

        return found.Count == 0;
    }

    private static bool Add(IEnumerable<XsoarEntry> entries, Dictionary<string, XsoarEntry> found)
    {
        var grew = false;
        foreach (var entry in entries)
        {
            if (found.ContainsKey(entry.Id))
                continue;
            found.Add(entry.Id, entry);
            grew = true;
        }

        return grew;
    }
}
