namespace MattermostXsoar.Core.State;

/// <summary>A delivery that the other side refused, without its text.</summary>
/// <param name="MirrorId">The mirror.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="SourceId">The message's id on the side it comes from.</param>
/// <param name="Part">The part of the message.</param>
/// <param name="SourceAt">When the message was written.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="FailedAt">When it was refused.</param>
/// <param name="Retries">How often a person retried it.</param>
internal sealed record FailedDelivery(
    long MirrorId,
    DeliveryDirection Direction,
    DeliveryKind Kind,
    string SourceId,
    int Part,
    DateTimeOffset SourceAt,
    string Reason,
    DateTimeOffset FailedAt,
    int Retries
);
