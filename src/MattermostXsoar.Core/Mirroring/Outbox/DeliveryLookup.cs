using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>Looks up on the other side whether a delivery whose outcome is unknown has arrived there.</summary>
internal sealed class DeliveryLookup(MirrorRuntime runtime, IDeliverySink sink, DeliveryLog log)
{
    /// <summary>Looks it up.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="wasSilent">
    /// The server did not answer for a while: it may complete the earlier request only now that it answers again, so
    /// the delivery is looked up twice.
    /// </param>
    /// <param name="stopping">Ends the wait between the two.</param>
    /// <param name="abort">Ends the look-up.</param>
    /// <returns>Its id on the other side; null when it is not there.</returns>
    public async Task<string?> FindAsync(
        DeliveryRecord delivery,
        bool wasSilent,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        log.LookingUp([delivery]);
        var find = await sink.FindAsync([delivery], abort).ConfigureAwait(false);
        if (Arrived(find, delivery) is null && wasSilent)
        {
            await runtime.Time.Delay(runtime.Options.SettleTime, stopping).ConfigureAwait(false);
            find = await sink.FindAsync([delivery], abort).ConfigureAwait(false);
        }

        return log.Found(delivery, Arrived(find, delivery));
    }

    /// <summary>
    /// The id that a look-up found for a delivery. The note that was sent in place of a refused one has the same mark,
    /// but is not the delivery.
    /// </summary>
    public static string? Arrived(Func<DeliveryRecord, string?> find, DeliveryRecord delivery) =>
        find(delivery) is { } targetId && targetId != delivery.TargetId ? targetId : null;
}
