namespace MattermostXsoar.Core.State;

/// <summary>The state of a mirror.</summary>
public enum MirrorState
{
    /// <summary>Messages and entries are mirrored.</summary>
    Active = 0,

    /// <summary>
    /// Something else must change first (a permission, a token, an archived channel); then it continues by itself.
    /// </summary>
    Paused = 1,

    /// <summary>Stopped by a person.</summary>
    Stopped = 2,

    /// <summary>The investigation is closed.</summary>
    Closed = 3,
}
