namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>What a listener is doing.</summary>
public enum ListenerState
{
    /// <summary>Nothing: not started, or stopped.</summary>
    Stopped,

    /// <summary>It connects for the first time.</summary>
    Connecting,

    /// <summary>It listens, and everything that was written before has been read.</summary>
    Connected,

    /// <summary>It listens, and still reads what was written while it was not connected.</summary>
    CatchingUp,

    /// <summary>The connection broke; it connects again, without a limit of tries.</summary>
    Reconnecting,

    /// <summary>It ended because of an error.</summary>
    Failed,
}
