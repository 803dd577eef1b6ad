namespace MattermostXsoar.Core.State;

/// <summary>How far a message to the bot is handled. The numbers are stored.</summary>
internal enum HandledMessageState
{
    /// <summary>It is in the store, and nothing was done for it.</summary>
    Recorded = 0,

    /// <summary>What is to be done is in the store; it may have been done, in part or as a whole.</summary>
    Acting = 1,

    /// <summary>It is done, and the answer is in the store; it may have been posted.</summary>
    Replying = 2,

    /// <summary>It is answered, or needs no answer.</summary>
    Done = 3,
}
