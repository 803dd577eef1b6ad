namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>The listener as people see it, at the moment of the call.</summary>
public sealed record MattermostListener
{
    /// <summary>What it is doing.</summary>
    public ListenerState State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StateSince { get; init; }

    /// <summary>Why it is not connected, and what to do about it; null when all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when Mattermost has been connected; null while it is not.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>When the last event came from Mattermost; null before the first.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>When XSOAR last answered the search for changes; null before the first answer.</summary>
    public DateTimeOffset? LastPollAt { get; init; }

    /// <summary>Mirrors that are not stopped.</summary>
    public int Mirrors { get; init; }

    /// <summary>Deliveries that are recorded and not yet known to have arrived, over all mirrors.</summary>
    public long Pending { get; init; }

    /// <summary>Deliveries that arrived, both ways, over all mirrors, since they were first started.</summary>
    public long Delivered { get; init; }

    /// <summary>Deliveries that were refused for good, over all mirrors.</summary>
    public long Failed { get; init; }

    /// <summary>How often the connection had to be made again since the listener started.</summary>
    public int Reconnects { get; init; }

    /// <summary>The state file.</summary>
    public string? StatePath { get; init; }
}
