using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>Adds what is counted in the store to the view of a listener.</summary>
internal static class ListenerCounts
{
    public static MattermostListener AddTo(MattermostListener view, StateStore store)
    {
        var mirrors = store.ReadMirrors();
        var open = store.CountOpen();
        return view with
        {
            Mirrors = mirrors.Count(mirror => mirror.State != MirrorState.Stopped),
            Delivered = mirrors.Sum(mirror => mirror.FromChat + mirror.FromWarRoom),
            Pending = open.Where(count => count.State == DeliveryState.Pending).Sum(count => count.Count),
            Failed = open.Where(count => count.State == DeliveryState.Failed).Sum(count => count.Count),
        };
    }
}
