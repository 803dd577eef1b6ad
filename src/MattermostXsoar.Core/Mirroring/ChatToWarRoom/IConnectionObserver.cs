using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Is notified of the state of the connection to Mattermost's events.</summary>
internal interface IConnectionObserver
{
    /// <summary>An event was received.</summary>
    void OnEvent();

    /// <summary>The connection opened or ended.</summary>
    void OnConnection(RealtimeState state, string? reason);

    /// <summary>Mirrors have to catch up, or one has caught up.</summary>
    void OnProgress();
}
