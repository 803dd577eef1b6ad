using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Decides which entry may move a War Room's cursor. A server whose clock jumped ahead and was set back leaves entries
/// from the future; a cursor moved there would miss everything written until then. So only an entry that is at most
/// <see cref="Tolerance"/> ahead of this machine's clock counts, plus the time by which the server's clock is known to
/// be ahead: the smallest seen in the last hour, once it has lasted for ten minutes and five readings. Until then the
/// cursor does not move, which only makes the readings longer. An entry that was edited or deleted later than
/// <see cref="Tolerance"/> after it was written is read because of that, and its age says nothing of the clock.
/// </summary>
internal sealed class ClockSkewGuard(TimeProvider time)
{
    private const int MinReadings = 5;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Queue<(long At, TimeSpan Lead)> _leads = new();

    /// <summary>The newest of the entries of one reading that may move the cursor; null when none may.</summary>
    public DateTimeOffset? Newest(IReadOnlyList<XsoarEntry> entries)
    {
        if (entries.Count == 0)
            return null;
        var now = time.GetUtcNow();
        if (entries.Where(ShowsClock).Select(entry => (DateTimeOffset?)entry.Created).Max() is { } newest)
            Learn(newest - now);
        var most = Lead() + Tolerance;
        return entries.Select(entry => (DateTimeOffset?)entry.Created).Where(created => created - now <= most).Max();
    }

    // An entry without a time says nothing either. Not every change counts: servers write both times of a new entry, and
    // not always the same.
    private static bool ShowsClock(XsoarEntry entry) =>
        entry.Created != DateTimeOffset.MinValue && entry.Modified - entry.Created <= Tolerance;

    private void Learn(TimeSpan lead)
    {
        _leads.Enqueue((time.GetTimestamp(), lead));
        while (_leads.Count > MinReadings && time.GetElapsedTime(_leads.Peek().At) > Memory)
            _leads.Dequeue();
    }

    private TimeSpan Lead()
    {
        if (_leads.Count < MinReadings || time.GetElapsedTime(_leads.Peek().At) < Shortest)
            return TimeSpan.Zero;
        var smallest = _leads.Min(seen => seen.Lead);
        return smallest > TimeSpan.Zero ? smallest : TimeSpan.Zero;
    }
}
