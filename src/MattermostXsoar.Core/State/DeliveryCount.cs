namespace MattermostXsoar.Core.State;

/// <summary>
/// The number of deliveries of a mirror and direction in one state, and when the first of them was recorded.
/// </summary>
internal sealed record DeliveryCount(
    long MirrorId,
    DeliveryDirection Direction,
    DeliveryState State,
    long Count,
    DateTimeOffset Oldest
);
