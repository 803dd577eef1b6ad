using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Delivery;

/// <summary>The side that lines are delivered to.</summary>
internal interface IDeliveryTarget
{
    /// <summary>Says the line.</summary>
    /// <returns>What became of it.</returns>
    Task<DeliveryOutcome> SendAsync(DeliveryRecord line, CancellationToken cancellationToken);

    /// <summary>Looks for lines that may have arrived.</summary>
    /// <returns>Those that have: the line's number and the id it got.</returns>
    Task<IReadOnlyDictionary<long, string>> FindAsync(IReadOnlyList<DeliveryRecord> lines, CancellationToken cancellationToken);
}
