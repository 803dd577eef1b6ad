namespace MattermostXsoar.Core.State;

/// <summary>Whether an answer has reached XSOAR. The numbers are stored.</summary>
internal enum AnswerState
{
    /// <summary>It is to be delivered.</summary>
    Pending = 0,

    /// <summary>XSOAR has it, or there is nothing that it should have.</summary>
    Done = 1,

    /// <summary>XSOAR will not take it, or its entitlement does not count.</summary>
    Refused = 2,
}
