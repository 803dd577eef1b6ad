using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Finds which deliveries arrived before a worker began. In question are those that an earlier worker left, and all that
/// the first reading of their side finds: the store may be a copy that was restored, or have lost its last writes, and
/// so know nothing of what was delivered since.
/// </summary>
/// <param name="store">Where deliveries are recorded.</param>
/// <param name="runtime">Clock and intervals.</param>
/// <param name="sink">The side they are delivered to.</param>
/// <param name="mirrorId">The mirror.</param>
/// <param name="direction">The direction.</param>
/// <param name="newestId">The highest number of a delivery when the worker began.</param>
internal sealed class RecoveryLookup(
    StateStore store,
    MirrorRuntime runtime,
    IDeliverySink sink,
    long mirrorId,
    DeliveryDirection direction,
    long newestId
)
{
    private long _upTo = long.MaxValue;
    private bool _isSettled;
    private Func<DeliveryRecord, string?>? _find;

    /// <summary>True until the side that messages come from has been read once.</summary>
    public bool IsOpen => Volatile.Read(ref _upTo) == long.MaxValue;

    /// <summary>The side that messages come from was read: whatever is recorded from now on is new.</summary>
    public void Close()
    {
        if (!IsOpen)
            return;
        try
        {
            Volatile.Write(ref _upTo, Math.Max(newestId, store.NewestPendingId(mirrorId, direction)));
        }
        catch (MattermostXsoarException)
        {
            // It stays open until the next reading, which costs look-ups only.
        }
    }

    /// <summary>Whether a delivery may have arrived before.</summary>
    public bool Covers(DeliveryRecord delivery)
    {
        if (delivery.Id <= Volatile.Read(ref _upTo))
            return true;
        _find = null;
        return false;
    }

    /// <summary>Reads the other side once: again for each batch of a long backlog would take ever longer.</summary>
    public async Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        try
        {
            // What the process or worker before this one sent last may not have taken effect yet; nor may what it sent
            // to a server that has been silent since.
            if (!_isSettled && deliveries[0].Id <= newestId)
                await runtime.Time.Delay(runtime.Options.SettleTime, stopping).ConfigureAwait(false);
            _isSettled = true;
            return _find ??= await sink.FindAsync(deliveries, abort).ConfigureAwait(false);
        }
        catch
        {
            _find = null;
            throw;
        }
    }
}
