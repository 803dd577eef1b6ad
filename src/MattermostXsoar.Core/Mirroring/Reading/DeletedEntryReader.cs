using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// Finds out what became of entries that were known and are missing from a reading. That they are missing proves
/// nothing: the server may have cut its answer. Only what it lists as deleted (xsoar-rest.md 2.3) counts as deleted.
/// </summary>
internal static class DeletedEntryReader
{
    private const int PageSize = 1000;

    /// <summary>Those of the missing entries that the server lists as deleted.</summary>
    public static async Task<IReadOnlyList<XsoarEntry>> FindAsync(
        XsoarClient xsoar,
        string investigationId,
        DateTimeOffset from,
        IReadOnlyList<string> missing,
        CancellationToken cancellationToken
    )
    {
        var query = new EntryQuery
        {
            FromTime = from,
            PageSize = PageSize,
            Categories = ["deleted"],
        };
        var room = await xsoar.GetInvestigationAsync(investigationId, query, cancellationToken).ConfigureAwait(false);
        return
        [
            .. room.Entries.Where(entry => entry.Deleted && missing.Contains(entry.Id)).OrderBy(entry => entry.Created),
        ];
    }
}
