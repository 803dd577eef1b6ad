namespace MattermostXsoar.Sandbox.Faults;

/// <summary>The faults that wait for their calls. The first that fits a call hits it.</summary>
public sealed class FaultSet
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private volatile bool _any;

    /// <summary>The faults that are not used up.</summary>
    public IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (_gate)
                return [.. _faults];
        }
    }

    /// <summary>Adds a fault and returns it, so that its <see cref="Fault.Hits"/> can be watched.</summary>
    public Fault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _faults.Add(fault);
            _any = true;
        }
        return fault;
    }

    /// <summary>Takes all faults away. Stalled calls stay stalled.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _any = false;
        }
    }

    internal Fault? ForCall(string server, string method, string path) => _any ? Take(false, server, method, path) : null;

    internal Fault? ForFrame(string eventName) => _any ? Take(true, "mattermost", "", eventName) : null;

    private Fault? Take(bool webSocket, string server, string method, string path)
    {
        lock (_gate)
        {
            foreach (var fault in _faults)
            {
                if (fault.IsWebSocket != webSocket || !fault.Takes(server, method, path))
                    continue;
                if (fault.IsSpent)
                {
                    _faults.Remove(fault);
                    _any = _faults.Count > 0;
                }
                return fault;
            }
        }
        return null;
    }
}
