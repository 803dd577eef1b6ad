using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>The contents of a War Room since some time.</summary>
/// <param name="Investigation">
/// The investigation as it was read last; its own list of entries may be incomplete.
/// </param>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="MayLackOldest">
/// The server may have cut off the oldest entries of its answer, and it showed no way to those before: it ignored
/// <c>lastId</c>.
/// </param>
internal sealed record WarRoomContents(
    XsoarInvestigation Investigation,
    IReadOnlyList<XsoarEntry> Entries,
    bool MayLackOldest
);
