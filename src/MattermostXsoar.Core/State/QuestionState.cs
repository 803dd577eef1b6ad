namespace MattermostXsoar.Core.State;

/// <summary>How far a question has come. The numbers are stored.</summary>
public enum QuestionState
{
    /// <summary>It is recorded; whether its post was written is not known yet.</summary>
    Posting = 0,

    /// <summary>It waits for an answer.</summary>
    Open = 1,

    /// <summary>Somebody who may answer has answered it, or enough people have.</summary>
    Answered = 2,

    /// <summary>Nobody answered it in time; its default response counts.</summary>
    Expired = 3,

    /// <summary>A person cancelled it; nothing counts as its answer.</summary>
    Cancelled = 4,

    /// <summary>It was never posted: the process ended before.</summary>
    Failed = 5,
}
