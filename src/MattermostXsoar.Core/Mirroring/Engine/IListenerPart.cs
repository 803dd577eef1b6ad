using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// Something that runs with the listener beside the mirrors: it gets the same events, holds the same lease, and uses
/// the same store. It begins and ends with the listener.
/// </summary>
internal interface IListenerPart
{
    /// <summary>
    /// Works until <paramref name="stopping"/> is cancelled. An error that is thrown is logged; the part rests and runs
    /// again, so that whatever it has not recorded must be found again.
    /// </summary>
    Task RunAsync(CancellationToken stopping);

    /// <summary>
    /// An event of Mattermost: in the order of the server, and each only once. Called from the start on, also before
    /// and between runs; must neither wait nor throw.
    /// </summary>
    void OnEvent(RealtimeEvent realtimeEvent);

    /// <summary>
    /// Events may be missing: the connection is new, numbers were skipped, or it was resumed. Whatever the part goes by
    /// is read again from the servers. Must neither wait nor throw.
    /// </summary>
    void OnGap();
}
