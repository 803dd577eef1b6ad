using System.Globalization;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>Cuts and freezes that somebody asked for, and those of them that nobody noticed.</summary>
internal sealed class Disturbances
{
    private readonly Lock _gate = new();
    private readonly List<string> _unnoticed = [];
    private int _cuts;
    private int _cutSockets;

    /// <summary>Those without effect, in words. Of several cuts one is enough that found a websocket.</summary>
    public IReadOnlyList<string> WithoutEffect
    {
        get
        {
            lock (_gate)
            {
                return _cuts > 0 && _cutSockets == 0
                    ?
                    [
                        .. _unnoticed,
                        string.Create(CultureInfo.InvariantCulture, $"{_cuts} cuts of all websockets: none was open"),
                    ]
                    : [.. _unnoticed];
            }
        }
    }

    public void Cut(int sockets)
    {
        lock (_gate)
        {
            _cuts++;
            _cutSockets += sockets;
        }
    }

    /// <param name="what">What was frozen.</param>
    /// <param name="waited">How many calls and frames waited for the thaw.</param>
    public void Frozen(string what, int waited)
    {
        if (waited > 0)
            return;
        lock (_gate)
            _unnoticed.Add($"a freeze of the {what}: no call and no frame waited");
    }
}
