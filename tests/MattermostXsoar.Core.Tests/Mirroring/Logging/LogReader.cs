using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Tests.Mirroring.Logging;

/// <summary>Reads a listener's log and waits for records.</summary>
internal sealed class LogReader : IDisposable
{
    private readonly List<ListenerLogRecord> _records = [];
    private readonly List<(
        Func<ListenerLogRecord, bool> Wanted,
        TaskCompletionSource<ListenerLogRecord> Found
    )> _waiters = [];
    private readonly IDisposable _subscription;

    public LogReader(ListenerLog log, ListenerLogLevel from = ListenerLogLevel.Verbose, bool withText = false) =>
        _subscription = log.Subscribe(Take, from, withText);

    public IReadOnlyList<ListenerLogRecord> Records
    {
        get
        {
            lock (_records)
                return _records.ToList();
        }
    }

    /// <summary>The first such record, which may have come already.</summary>
    public Task<ListenerLogRecord> WhenAsync(string what, Func<ListenerLogRecord, bool>? wanted = null, int skip = 0)
    {
        bool Fits(ListenerLogRecord record) => record.Event == what && (wanted?.Invoke(record) ?? true) && skip-- <= 0;
        lock (_records)
        {
            if (_records.Find(Fits) is { } found)
                return Task.FromResult(found);
            var waiter = new TaskCompletionSource<ListenerLogRecord>(
                TaskCreationOptions.RunContinuationsAsynchronously
            );
            _waiters.Add((Fits, waiter));
            return waiter.Task.WaitAsync(MirrorHarness.Deadline);
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Take(ListenerLogRecord record)
    {
        lock (_records)
        {
            _records.Add(record);
            foreach (var (_, found) in _waiters.Where(waiter => waiter.Wanted(record)).ToList())
                found.TrySetResult(record);
        }
    }
}
