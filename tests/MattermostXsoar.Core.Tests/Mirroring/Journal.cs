namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What happened in a test, in order. Safe from any thread.</summary>
internal sealed class Journal
{
    private readonly List<string> _entries = [];
    private readonly List<(string Entry, TaskCompletionSource Written)> _waiters = [];

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries];
        }
    }

    public void Add(string entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
            foreach (var (_, written) in _waiters.Where(waiter => waiter.Entry == entry))
                written.TrySetResult();
        }
    }

    public void Clear()
    {
        lock (_entries)
            _entries.Clear();
    }

    public int Count(string entry) => Entries.Count(known => known == entry);

    /// <summary>Waits until that was written, if it was not yet.</summary>
    public Task WhenAsync(string entry)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_entries)
        {
            if (_entries.Contains(entry))
                return Task.CompletedTask;
            _waiters.Add((entry, written));
        }

        return written.Task.InTime();
    }
}
