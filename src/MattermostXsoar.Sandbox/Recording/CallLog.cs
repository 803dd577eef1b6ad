using System.Collections;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Recording;

/// <summary>The calls that both servers received, oldest first. Enumerating works on a copy.</summary>
public sealed class CallLog : IEnumerable<CallRecord>
{
    private readonly Lock _gate = new();
    private readonly Queue<CallRecord> _calls = new();
    private readonly Signal _changed = new();
    private readonly Queue<CallRecord> _withBody = new();
    private readonly int _capacity;
    private readonly long _bodyCapacity;
    private long _bodyBytes;
    private long _total;

    internal CallLog(int capacity, long bodyCapacity) =>
        (_capacity, _bodyCapacity) = (Math.Max(1, capacity), bodyCapacity);

    /// <summary>How many calls are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>How many calls were received since the start, including those that were removed.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Removes all calls.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _calls.Clear();
            _withBody.Clear();
            _bodyBytes = 0;
        }
    }

    /// <summary>The newest calls, oldest first.</summary>
    internal IReadOnlyList<CallRecord> Latest(int count)
    {
        lock (_gate)
            return [.. _calls.Skip(_calls.Count - count)];
    }

    /// <summary>Counts the calls that match all given arguments; <paramref name="pathPattern"/> is a regular
    /// expression.</summary>
    public int CountOf(string? server = null, string? method = null, string? pathPattern = null, int? status = null)
    {
        var path = pathPattern is null ? null : new Regex(pathPattern);
        return this.Count(call =>
            (server is null || call.Server == server)
            && (method is null || call.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (path is null || path.IsMatch(call.Path))
            && (status is null || call.Status == status)
        );
    }

    /// <summary>Counts the calls for which <paramref name="predicate"/> holds.</summary>
    public int CountOf(Func<CallRecord, bool> predicate) => this.Count(predicate);

    /// <summary>Waits until one of the recorded calls matches, and returns it.</summary>
    public async Task<CallRecord> WaitForAsync(
        Func<CallRecord, bool> predicate,
        CancellationToken cancellationToken = default
    )
    {
        CallRecord? found = null;
        await _changed.WhenAsync(() => (found = this.FirstOrDefault(predicate)) is not null, cancellationToken);
        return found!;
    }

    /// <summary>Waits until this many of the recorded calls match, and returns all that do.</summary>
    public async Task<IReadOnlyList<CallRecord>> WaitForAsync(
        Func<CallRecord, bool> predicate,
        int count,
        CancellationToken cancellationToken = default
    )
    {
        CallRecord[] found = [];
        await _changed.WhenAsync(() => (found = [.. this.Where(predicate)]).Length >= count, cancellationToken);
        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<CallRecord> GetEnumerator()
    {
        lock (_gate)
            return ((IEnumerable<CallRecord>)_calls.ToArray()).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Changed() => _changed.Pulse();

    internal void Add(CallRecord call)
    {
        lock (_gate)
        {
            call.Number = Interlocked.Increment(ref _total);
            if (_calls.Count == _capacity)
                _calls.Dequeue();
            _calls.Enqueue(call);
            if (!call.RawBody.IsEmpty)
                Keep(call);
        }
        _changed.Pulse();
    }

    /// <summary>Old bodies are removed before old calls, so that counts of calls stay right.</summary>
    private void Keep(CallRecord call)
    {
        _withBody.Enqueue(call);
        _bodyBytes += call.RawBody.Length;
        while (_withBody.Count > _capacity || _bodyBytes > _bodyCapacity)
        {
            var oldest = _withBody.Dequeue();
            _bodyBytes -= oldest.RawBody.Length;
            oldest.RawBody = default;
        }
    }
}
