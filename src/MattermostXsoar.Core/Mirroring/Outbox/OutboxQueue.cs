using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// The deliveries of one mirror and direction that wait, in order. New ones are passed on in memory, so that the store
/// is not read when few wait; when too many wait, memory is released and they are read from the store as they are
/// needed.
/// </summary>
internal sealed class OutboxQueue(
    StateStore store,
    long mirrorId,
    DeliveryDirection direction,
    StopPoints? stops = null
)
{
    // Deliveries must come here in the order of their numbers, whoever records them: one that came after a newer one
    // would count as done.
    private readonly SemaphoreSlim _recording = new(1, 1);

    private const int MaxInMemory = 1000;
    private const int MaxAtOnce = 200;

    private readonly object _lock = new();
    private readonly List<DeliveryRecord> _ready = [];
    private readonly AsyncSignal _signal = new();
    private bool _inStore = true;
    private long _lastTaken;

    /// <summary>Records deliveries, with how far their side has been read, and queues those that are new.</summary>
    /// <returns>The deliveries that were new.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> RecordAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        ReadPosition position
    )
    {
        await _recording.WaitAsync().ConfigureAwait(false);
        try
        {
            stops?.At(StopPoint.BeforeRecord, direction);
            var added = await store.RecordAsync(mirrorId, deliveries, position).ConfigureAwait(false);
            stops?.At(StopPoint.AfterRecord, direction);
            Offer(added);
            return added;
        }
        catch
        {
            // If the deliveries are in the store in spite of the error, recording them again does not bring them here.
            lock (_lock)
                _inStore = Forget();
            _signal.Set();
            throw;
        }
        finally
        {
            _recording.Release();
        }
    }

    private void Offer(List<DeliveryRecord> deliveries)
    {
        if (deliveries.Count == 0)
            return;
        lock (_lock)
        {
            if (!_inStore && _ready.Count + deliveries.Count <= MaxInMemory)
                _ready.AddRange(deliveries);
            else
                _inStore = Forget();
        }

        _signal.Set();
    }

    /// <summary>Waits for the next deliveries.</summary>
    /// <returns>At least one delivery.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake() is { Count: > 0 } deliveries)
                return deliveries;
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next deliveries that wait now, or none.</summary>
    public IReadOnlyList<DeliveryRecord> TryTake()
    {
        lock (_lock)
        {
            if (_ready.Count == 0 && _inStore)
            {
                // Offer waits for the lock, so what it adds afterwards is newer than what is read here.
                var stored = store.ReadPending(mirrorId, direction, _lastTaken, MaxAtOnce);
                _inStore = stored.Count == MaxAtOnce;
                _ready.AddRange(stored);
            }

            // A delivery may have been read from the store and then offered as well.
            var deliveries = _ready.Where(delivery => delivery.Id > _lastTaken).ToList();
            _ready.Clear();
            if (deliveries.Count > 0)
                _lastTaken = deliveries[deliveries.Count - 1].Id;
            return deliveries;
        }
    }

    // Always true: what is removed from memory is in the store.
    private bool Forget()
    {
        _ready.Clear();
        return true;
    }
}
