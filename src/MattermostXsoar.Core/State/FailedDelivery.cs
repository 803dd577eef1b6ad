namespace MattermostXsoar.Core.State;

/// <summary>A line that the other side refused, without its text.</summary>
/// <param name="MirrorId">Whose line it is.</param>
/// <param name="Direction">Which way it was to go.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SourceId">Its id on the side it comes from.</param>
/// <param name="Part">Which part of the line.</param>
/// <param name="SourceAt">When it was said.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="FailedAt">When.</param>
/// <param name="Retries">How often a person had it tried again.</param>
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
