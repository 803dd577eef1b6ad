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

    /// <summary>The connection was lost; the next attempt is waited for.</summary>
    Reconnecting,

    /// <summary>
    /// Mattermost refuses the token. It is checked again at long intervals, so that the connection recovers by itself
    /// when the bot is enabled or the token restored.
    /// </summary>
    TokenRejected,
}
