namespace MattermostXsoar.Core.Xsoar;

/// <summary>What became of the completion of a task.</summary>
internal enum TaskOutcome
{
    /// <summary>This call completed it.</summary>
    Completed,

    /// <summary>It was completed before, by this call's first attempt or by somebody else.</summary>
    AlreadyCompleted,
}
