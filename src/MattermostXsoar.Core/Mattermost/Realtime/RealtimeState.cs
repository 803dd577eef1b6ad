namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>What the connection for live events is doing.</summary>
public enum RealtimeState
{
    /// <summary>Not running: never started, or stopped by its caller.</summary>
    Stopped,

    /// <summary>A connection is being opened.</summary>
    Connecting,

    /// <summary>Events arrive.</summary>
    Online,

    /// <summary>The connection is lost; the next attempt waits for its turn.</summary>
    Reconnecting,

    /// <summary>
    /// Mattermost refuses the token. It is asked again at a slow pace, so that an enabled bot or a restored token heals
    /// by itself.
    /// </summary>
    TokenRejected,
}
