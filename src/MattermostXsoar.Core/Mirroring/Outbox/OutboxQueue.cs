using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// The lines of one mirror and direction that wait, in order. New lines are handed over in memory so that a quiet
/// mirror reads nothing back from the store; when too many wait, memory is let go and they are read back as they are
/// needed.
/// </summary>
internal sealed class OutboxQueue(
    StateStore store,
    long mirrorId,
    DeliveryDirection direction,
    StopPoints? stops = null
)
{
    // Lines must come here in the order of their numbers, whoever records them: one that came behind a newer one would
    // be taken for delivered.
    private readonly SemaphoreSlim _recording = new(1, 1);

    private const int MostInMemory = 1000;
    private const int MostAtOnce = 200;

    private readonly object _lock = new();
    private readonly List<DeliveryRecord> _ready = [];
    private readonly AsyncSignal _signal = new();
    private bool _inStore = true;
    private long _lastTaken;

    /// <summary>Records lines, with how far their side has been read, and queues those that are new.</summary>
    /// <returns>The lines that were new.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> RecordAsync(
        IReadOnlyList<DeliveryRecord> lines,
        ReadPosition position
    )
    {
        await _recording.WaitAsync().ConfigureAwait(false);
        try
        {
            stops?.At(StopPoint.BeforeRecord, direction);
            var added = await store.RecordAsync(mirrorId, lines, position).ConfigureAwait(false);
            stops?.At(StopPoint.AfterRecord, direction);
            Offer(added);
            return added;
        }
        catch
        {
            // Should the lines be in the store in spite of the error, recording them again would not bring them here.
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

    private void Offer(List<DeliveryRecord> lines)
    {
        if (lines.Count == 0)
            return;
        lock (_lock)
        {
            if (!_inStore && _ready.Count + lines.Count <= MostInMemory)
                _ready.AddRange(lines);
            else
                _inStore = Forget();
        }

        _signal.Set();
    }

    /// <summary>Waits for the next lines.</summary>
    /// <returns>At least one line.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake() is { Count: > 0 } lines)
                return lines;
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next lines that are there now, or none.</summary>
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

            // A line may have been read back and then offered as well.
            var lines = _ready.Where(line => line.Id > _lastTaken).ToList();
            _ready.Clear();
            if (lines.Count > 0)
                _lastTaken = lines[lines.Count - 1].Id;
            return lines;
        }
    }

    // True: what was let go of is in the store.
    private bool Forget()
    {
        _ready.Clear();
        return true;
    }
}
