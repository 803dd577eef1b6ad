using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Completion;

/// <summary>
/// Caches what a session reads for completing arguments. A read that takes longer than the person waits is continued,
/// so that the next Tab finds its result.
/// </summary>
internal sealed class CompletionCache(TimeProvider clock)
{
    private const int Most = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>
    /// The value of a key, which is read again after a minute; empty if that takes too long.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="patience">Ends the wait, but not the read.</param>
    public async Task<IReadOnlyList<Candidate>> GetAsync(
        string key,
        Func<CancellationToken, Task<IEnumerable<Candidate>>> read,
        CancellationToken patience
    )
    {
        var entry = Open(key, read);
        var impatient = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = patience.Register(() => impatient.TrySetResult(true));
        await Task.WhenAny(entry.Reading, impatient.Task);
        return entry.Known;
    }

    /// <summary>Clears the cache, since something was created or closed.</summary>
    public void Clear()
    {
        lock (_entries)
            _entries.Clear();
    }

    private Entry Open(string key, Func<CancellationToken, Task<IEnumerable<Candidate>>> read)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                if (_entries.Count >= Most)
                    _entries.Clear();
                _entries.Add(key, entry = new Entry());
            }

            if (entry.Reading.IsCompleted && (entry.ReadAt is not { } at || clock.GetUtcNow() - at > Fresh))
                entry.Reading = Task.Run(() => ReadAsync(entry, read));
            return entry;
        }
    }

    private async Task ReadAsync(Entry entry, Func<CancellationToken, Task<IEnumerable<Candidate>>> read)
    {
        try
        {
            using var limit = new CancellationTokenSource(Longest);
            entry.Known = [.. await read(limit.Token)];
            entry.ReadAt = clock.GetUtcNow();
        }
        catch (Exception error) when (error is MattermostXsoarException or OperationCanceledException)
        {
            // There is nobody to report it to; the next Tab tries again.
        }
    }

    private sealed class Entry
    {
        public Task Reading { get; set; } = Task.CompletedTask;

        public DateTimeOffset? ReadAt { get; set; }

        public IReadOnlyList<Candidate> Known { get; set; } = [];
    }
}
