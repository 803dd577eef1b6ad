using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The side that messages are delivered to.</summary>
internal interface IDeliverySink
{
    /// <summary>Sends a delivery.</summary>
    /// <returns>Its outcome.</returns>
    Task<DeliveryOutcome> SendAsync(DeliveryRecord delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the side, from the earliest look-up start of deliveries that may have arrived.
    /// </summary>
    /// <returns>
    /// A function that returns the id of a delivery with that look-up start or a later one; null if it is not there.
    /// </returns>
    Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken cancellationToken
    );
}
