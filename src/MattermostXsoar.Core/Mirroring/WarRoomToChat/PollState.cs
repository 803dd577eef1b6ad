using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// What the search for changed investigations knows of one mirror: how it last showed the investigation, when the War
/// Room was last read, and whether a reading without a sign of change found something. <see cref="NoteFound"/> is
/// called from the reading's task, all else from the search's.
/// </summary>
internal sealed class PollState(TimeProvider time)
{
    private readonly object _lock = new();
    private (DateTimeOffset Modified, long Version)? _shown;

    // What the search showed when a reading without a sign of change began, and when such a reading found something.
    private (DateTimeOffset Modified, long Version)? _sweeping;
    private (DateTimeOffset Modified, long Version)? _foundUnannounced;
    private bool _isShownChange;
    private bool _foundAsShown;

    /// <summary>
    /// When the War Room was last read, by the time provider's time stamp; before that, when the mirror started.
    /// </summary>
    public long LastReadAt { get; private set; } = time.GetTimestamp();

    /// <summary>The search has shown the investigation before.</summary>
    public bool IsKnown => _shown is not null;

    /// <summary>Whether the search shows it changed, or for the first time.</summary>
    public bool HasChanged(XsoarIncident incident) => _shown != StampOf(incident);

    /// <summary>Remembers how the search showed the investigation.</summary>
    public void Remember(XsoarIncident incident) => _shown = StampOf(incident);

    /// <summary>A reading begins.</summary>
    /// <param name="incident">As the search shows the investigation.</param>
    /// <param name="isAnnounced">
    /// It begins because of a sign of change, or another reading is not finished: what it finds does not show that the
    /// search is unreliable.
    /// </param>
    /// <param name="isShownChange">It begins because the search shows a change, and for nothing else.</param>
    public void BeginRead(XsoarIncident incident, bool isAnnounced, bool isShownChange = false)
    {
        LastReadAt = time.GetTimestamp();
        lock (_lock)
        {
            _sweeping = isAnnounced ? null : StampOf(incident);
            _isShownChange = isShownChange;
        }
    }

    /// <summary>A reading found new entries. From any thread.</summary>
    public void NoteFound()
    {
        lock (_lock)
        {
            _foundUnannounced = _sweeping ?? _foundUnannounced;
            _foundAsShown |= _isShownChange;
        }
    }

    /// <summary>True, once, if a reading at a change that the search showed found something.</summary>
    public bool TakeProofForSearch()
    {
        lock (_lock)
        {
            var found = _foundAsShown;
            _foundAsShown = false;
            return found;
        }
    }

    /// <summary>
    /// True, once, if a reading without a sign of change found something and the search still does not show a change:
    /// then it is not expected to show the next one either.
    /// </summary>
    public bool TakeProofAgainstSearch(XsoarIncident incident)
    {
        lock (_lock)
        {
            var before = _foundUnannounced;
            _foundUnannounced = null;
            return before == StampOf(incident);
        }
    }

    private static (DateTimeOffset Modified, long Version) StampOf(XsoarIncident incident) =>
        (incident.Modified, incident.Version);
}
