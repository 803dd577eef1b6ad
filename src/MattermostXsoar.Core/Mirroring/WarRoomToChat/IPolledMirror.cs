using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>A running mirror as the search for changed investigations sees it.</summary>
internal interface IPolledMirror
{
    MirrorRecord Mirror { get; }

    MirrorHealth Health { get; }

    WarRoomSource WarRoom { get; }

    PollState Poll { get; }

    /// <summary>The search found the mirror's investigation.</summary>
    void OnIncident(XsoarIncident incident);

    /// <summary>The search did not find the mirror's investigation.</summary>
    void OnIncidentMissing();
}
