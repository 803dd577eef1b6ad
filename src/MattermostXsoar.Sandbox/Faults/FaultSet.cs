using System.Globalization;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>The active faults. The first one that matches a call hits it.</summary>
public sealed class FaultSet
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private readonly List<Fault> _withoutHit = [];
    private readonly TimeProvider _clock;
    private volatile bool _any;
    private long _lastId;

    internal FaultSet(TimeProvider clock) => _clock = clock;

    /// <summary>The faults that are neither used up nor ended.</summary>
    public IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (_gate)
            {
                Sweep();
                return [.. _faults];
            }
        }
    }

    /// <summary>The faults that have hit nothing, whether they still wait, are over or were taken away.</summary>
    public IReadOnlyList<Fault> WithoutHit
    {
        get
        {
            lock (_gate)
                return [.. _withoutHit];
        }
    }

    /// <summary>Adds a fault and returns it, so that its <see cref="Fault.Hits"/> can be watched.</summary>
    /// <exception cref="ArgumentException">Something in it is invalid; the message names the field and the
    /// correction.</exception>
    public Fault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Flaw() is { } flaw)
            throw new ArgumentException(flaw, nameof(fault));
        lock (_gate)
        {
            fault.Begin((++_lastId).ToString(CultureInfo.InvariantCulture), _clock.GetUtcNow());
            _faults.Add(fault);
            _withoutHit.Add(fault);
            _any = true;
        }
        return fault;
    }

    /// <summary>Removes a fault by its <see cref="Fault.Id"/>; false if it is used up, has ended or never
    /// existed.</summary>
    public bool Remove(string id)
    {
        lock (_gate)
        {
            Sweep();
            return _faults.RemoveAll(fault => fault.Id == id) > 0;
        }
    }

    /// <summary>Removes all faults. Stalled calls stay stalled.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _any = false;
        }
    }

    internal Fault? ForCall(string server, string method, string path) =>
        _any ? Take(static it => !it.IsWebSocket, server, method, path) : null;

    internal Fault? ForFrame(string eventName) =>
        _any
            ? Take(
                static it => it.IsWebSocket && it.Kind != FaultKind.WebSocketLoseAtResume,
                "mattermost",
                "",
                eventName
            )
            : null;

    internal Fault? ForResume(string eventName) =>
        _any ? Take(static it => it.Kind == FaultKind.WebSocketLoseAtResume, "mattermost", "", eventName) : null;

    private Fault? Take(Func<Fault, bool> kind, string server, string method, string path)
    {
        lock (_gate)
        {
            Sweep();
            var now = _clock.GetUtcNow();
            var hit = _faults.Find(fault => kind(fault) && fault.Takes(server, method, path, now));
            if (hit is { Hits: 1 })
                _withoutHit.Remove(hit);
            Sweep();
            return hit;
        }
    }

    private void Sweep()
    {
        var now = _clock.GetUtcNow();
        _faults.RemoveAll(fault => fault.IsOver(now));
        _any = _faults.Count > 0;
    }
}
