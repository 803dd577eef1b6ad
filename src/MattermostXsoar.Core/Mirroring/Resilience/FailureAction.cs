namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>What a failed call means.</summary>
internal enum FailureAction
{
    /// <summary>The call had no effect and the cause passes by itself: try again.</summary>
    Retry,

    /// <summary>The call may have had its effect: look that up on the other side, then decide.</summary>
    LookUp,

    /// <summary>
    /// Something outside has to change first: the mirror is paused, and tries again from time to time.
    /// </summary>
    Pause,

    /// <summary>The investigation is closed: messages wait until the mirror is closed or reopened with it.</summary>
    Close,

    /// <summary>
    /// The server will never accept this message: it is set aside as failed, and the next ones go on.
    /// </summary>
    Fail,

    /// <summary>No rule foresees the error: it is reported, and its part rests and begins again.</summary>
    Restart,
}
