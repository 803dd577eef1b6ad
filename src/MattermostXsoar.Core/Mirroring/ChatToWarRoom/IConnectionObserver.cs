using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Whoever shows how the connection to Mattermost's events is.</summary>
internal interface IConnectionObserver
{
    /// <summary>An event came.</summary>
    void OnEvent();

    /// <summary>The connection opened or ended.</summary>
    void OnConnection(RealtimeState state, string? reason);

    /// <summary>Mirrors have to catch up, or one has caught up.</summary>
    void OnProgress();
}
