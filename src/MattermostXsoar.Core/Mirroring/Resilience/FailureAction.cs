namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>What a failed call means for the line it carried.</summary>
internal enum FailureAction
{
    /// <summary>It did not arrive; try again.</summary>
    Retry,

    /// <summary>It may have arrived; look it up, then decide.</summary>
    LookUp,

    /// <summary>Something outside has to change first; the mirror pauses and tries again now and then.</summary>
    Pause,

    /// <summary>The investigation is closed.</summary>
    Close,

    /// <summary>This line will never be taken; the others go on.</summary>
    Fail,
}
