using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The side that lines are delivered to.</summary>
internal interface IDeliverySink
{
    /// <summary>Says the line.</summary>
    /// <returns>What became of it.</returns>
    Task<DeliveryOutcome> SendAsync(DeliveryRecord line, CancellationToken cancellationToken);

    /// <summary>Looks at what stands there, from the earliest floor of lines that may have arrived on.</summary>
    /// <returns>Tells of a line with that floor or a later one the id that it got; null when it is not there.</returns>
    Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken cancellationToken
    );
}
