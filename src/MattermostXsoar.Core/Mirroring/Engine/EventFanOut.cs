using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>Gives the events of the connection to the mirrors, then to the listener's further parts.</summary>
internal sealed class EventFanOut(IRealtimeSink mirrors, ListenerParts parts) : IRealtimeSink
{
    public async ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken)
    {
        await mirrors.OnEventAsync(realtimeEvent, cancellationToken).ConfigureAwait(false);
        parts.OnEvent(realtimeEvent);
    }

    public async ValueTask OnGapAsync(string reason, CancellationToken cancellationToken)
    {
        await mirrors.OnGapAsync(reason, cancellationToken).ConfigureAwait(false);
        parts.OnGap();
    }

    public void OnResumed() => mirrors.OnResumed();

    // Only now: what the server had kept of the connection has been received, and one event may be missing all the same.
    public void OnResumeDone()
    {
        mirrors.OnResumeDone();
        parts.OnGap();
    }

    public void OnStateChanged(RealtimeState state, string? reason) => mirrors.OnStateChanged(state, reason);
}
