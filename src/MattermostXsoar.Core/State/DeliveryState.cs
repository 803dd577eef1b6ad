namespace MattermostXsoar.Core.State;

/// <summary>How far a line has come. The numbers are stored.</summary>
internal enum DeliveryState
{
    /// <summary>Recorded, and not known to have arrived: after a crash it may have.</summary>
    Pending = 0,

    /// <summary>Arrived; its id on the other side is known.</summary>
    Done = 1,

    /// <summary>Refused for good; kept for a person to see and retry.</summary>
    Failed = 2,

    /// <summary>Seen and not to be carried, such as what was said before the mirror began.</summary>
    Skipped = 3,
}
