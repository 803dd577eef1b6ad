using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// The deliveries of one mirror and direction that wait, in order. New ones are handed over in memory so that a quiet
/// mirror reads nothing back from the store; when too many wait, memory is released and they are read back as they are
/// needed.
/// </summary>
internal sealed class OutboxQueue(
    StateStore store,
    long mirrorId,
    DeliveryDirection direction,
    StopPoints? stops = null
)
{
    // Deliveries must come here in the order of their numbers, whoever records them: one that came behind a newer one would
    // be taken for done.
    private readonly SemaphoreSlim _recording = new(1, 1);

    private const int MostInMemory = 1000;
    private const int MostAtOnce = 200;

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
            // Should the deliveries be in the store in spite of the error, recording them again would not bring them here.
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
            if (!_inStore && _ready.Count + deliveries.Count <= MostInMemory)
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

    /// <summary>The next deliveries that are there now, or none.</summary>
    public IReadOnlyList<DeliveryRecord> TryTake()
    {
        lock (_lock)
        {
            if (_ready.Count == 0 && _inStore)
            {
                // Offer waits for the lock, so what it brings afterwards is newer than what is read here.
                var stored = store.ReadPending(mirrorId, direction, _lastTaken, MostAtOnce);
                _inStore = stored.Count == MostAtOnce;
                _ready.AddRange(stored);
            }

            // A delivery may have been read back and then offered as well.
            var deliveries = _ready.Where(delivery => delivery.Id > _lastTaken).ToList();
            _ready.Clear();
            if (deliveries.Count > 0)
                _lastTaken = deliveries[deliveries.Count - 1].Id;
            return deliveries;
        }
    }

    // True: what was let go of is in the store.
    private bool Forget()
    {
        _ready.Clear();
        return true;
    }
}
