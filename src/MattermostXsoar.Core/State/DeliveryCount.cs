namespace MattermostXsoar.Core.State;

/// <summary>How many lines of a mirror and direction are in one state, and when the first of them was
/// recorded.</summary>
internal sealed record DeliveryCount(
    long MirrorId,
    DeliveryDirection Direction,
    DeliveryState State,
    long Count,
    DateTimeOffset Oldest
);
