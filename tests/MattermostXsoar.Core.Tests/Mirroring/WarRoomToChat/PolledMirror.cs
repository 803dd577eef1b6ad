using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Outbox;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

/// <summary>A mirror as the poller sees it. Nothing reads its War Room but the test, which sees what was asked
/// for.</summary>
internal sealed class PolledMirror : IPolledMirror
{
    private long _readings;

    public PolledMirror(XsoarAccess xsoar, StateStore store, MirrorRuntime runtime, MirrorRecord record)
    {
        Health = new MirrorHealth(store, runtime, record);
        var worker = new DeliveryWorker(
            store,
            runtime,
            Health,
            DeliveryDirection.WarRoomToChat,
            new ScriptedSink(new Journal())
        );
        WarRoom = new WarRoomSource(
            xsoar,
            store,
            runtime,
            Health,
            worker,
            () => LookupStart.Beginning,
            () => PostSize.Largest
        );
        Poll = new PollState(runtime.Time);
    }

    public MirrorRecord Mirror => Health.Mirror;

    public MirrorHealth Health { get; }

    public WarRoomSource WarRoom { get; }

    public PollState Poll { get; }

    /// <summary>What the search has shown, in order; null where it did not find the investigation.</summary>
    public List<XsoarIncident?> Shown { get; } = [];

    /// <summary>Whether a reading was asked for since the last call.</summary>
    public bool IsAsked()
    {
        var before = _readings;
        _readings = WarRoom.NewestReading;
        return _readings > before;
    }

    public void OnIncident(XsoarIncident incident) => Shown.Add(incident);

    public void OnIncidentMissing() => Shown.Add(null);
}
