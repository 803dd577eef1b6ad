namespace MattermostXsoar.Core.State;

/// <summary>Where a mirror stands.</summary>
public enum MirrorState
{
    /// <summary>Lines are carried.</summary>
    Active = 0,

    /// <summary>Something outside has to change first (a right, a token, an archived channel); it goes on by itself
    /// then.</summary>
    Paused = 1,

    /// <summary>Stopped by a person.</summary>
    Stopped = 2,

    /// <summary>The investigation is closed.</summary>
    Closed = 3,
}
