using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Tests.Mirroring.Engine;

/// <summary>Stands for the mirrors, and notes their events.</summary>
internal sealed class RecordingSink(List<string> order) : IRealtimeSink
{
    public ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken)
    {
        order.Add("mirrors " + realtimeEvent.Event);
        return default;
    }

    public ValueTask OnGapAsync(string reason, CancellationToken cancellationToken) => default;

    public void OnResumed() { }

    public void OnResumeDone() { }

    public void OnStateChanged(RealtimeState state, string? reason) { }
}
