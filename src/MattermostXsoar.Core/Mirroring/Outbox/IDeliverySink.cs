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

    /// <summary>
    /// Makes a cheap call to each server that a delivery may need. It succeeds only if the servers answer and accept the
    /// credentials, so that the cause of failures is neither of them as a whole.
    /// </summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a note in the place of a delivery that keeps failing, unless it is there already. That the side accepts
    /// the note shows that it accepts messages, and only not this one.
    /// </summary>
    /// <returns>The outcome; its reason is that of <paramref name="cause"/>.</returns>
    Task<DeliveryOutcome> GiveUpAsync(DeliveryRecord delivery, Exception cause, CancellationToken cancellationToken);
}
