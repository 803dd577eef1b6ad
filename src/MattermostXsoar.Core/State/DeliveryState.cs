namespace MattermostXsoar.Core.State;

/// <summary>The state of a delivery. The numbers are stored.</summary>
internal enum DeliveryState
{
    /// <summary>Recorded, and not known to have arrived, although it may have before a crash.</summary>
    Pending = 0,

    /// <summary>Arrived; its id on the other side is known.</summary>
    Done = 1,

    /// <summary>Refused; kept so that a person can see and retry it.</summary>
    Failed = 2,

    /// <summary>Not to be delivered, such as what was written before the mirror began.</summary>
    Skipped = 3,
}
