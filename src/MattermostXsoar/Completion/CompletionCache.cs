using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Completion;

/// <summary>
/// What a session has read for completing arguments. Reading goes on when the person has stopped waiting for it, so
/// that the next Tab finds it done.
/// </summary>
internal sealed class CompletionCache(TimeProvider clock)
{
    private const int Most = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>What is known under a key, read anew if that was more than a minute ago; nothing, where that takes too
    /// long.</summary>
    /// <param name="key">What is read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="patience">Ends the waiting, but not the reading.</param>
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

    /// <summary>Forgets everything: something was made or closed.</summary>
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
            // There is nobody to tell; the next Tab tries again.
        }
    }

    private sealed class Entry
    {
        public Task Reading { get; set; } = Task.CompletedTask;

        public DateTimeOffset? ReadAt { get; set; }

        public IReadOnlyList<Candidate> Known { get; set; } = [];
    }
}
