using System.Collections.Concurrent;
using System.Globalization;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>
/// The log between the listener, which must not wait, and a reader that may be slow: a pipe that nobody reads must not
/// fill the memory of a process that runs for weeks. What does not fit is left out, those below Warning first, and
/// counted.
/// </summary>
internal sealed class ListenerLogQueue(TimeProvider time, int most = 10_000)
{
    private readonly ConcurrentQueue<ListenerLogRecord> _records = new();
    private readonly AsyncSignal _added = new();
    private int _waiting;
    private int _leftOut;

    public bool IsEmpty => _records.IsEmpty && Volatile.Read(ref _leftOut) == 0;

    /// <summary>Adds a record, from any thread.</summary>
    public void Add(ListenerLogRecord record)
    {
        if (Volatile.Read(ref _waiting) >= (record.Level >= ListenerLogLevel.Warning ? 2 * most : most))
        {
            Interlocked.Increment(ref _leftOut);
            return;
        }

        Interlocked.Increment(ref _waiting);
        _records.Enqueue(record);
        _added.Set();
    }

    /// <summary>Takes the next record, if there is one now.</summary>
    public bool TryTake(out ListenerLogRecord record)
    {
        if (_records.TryDequeue(out record!))
        {
            Interlocked.Decrement(ref _waiting);
            return true;
        }

        if (Interlocked.Exchange(ref _leftOut, 0) is not (> 0 and var leftOut))
            return false;
        record = new ListenerLogRecord
        {
            Time = time.GetUtcNow(),
            Level = ListenerLogLevel.Warning,
            Event = ListenerLogEvents.LogRecordsDropped,
            Count = leftOut,
            Message = string.Format(
                CultureInfo.InvariantCulture,
                "{0} log records were left out, because the log is read more slowly than it grows.",
                leftOut
            ),
        };
        return true;
    }

    /// <summary>Waits until there may be a further record.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _added.WaitAsync(cancellationToken);
}
