namespace MattermostXsoar.Sandbox.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The answer comes after <see cref="Fault.Delay"/>.</summary>
    Delay,

    /// <summary>No answer comes, ever; nothing is done.</summary>
    Stall,

    /// <summary><see cref="Fault.Status"/> is answered and nothing is done.</summary>
    Status,

    /// <summary>429 in plain text, with or without headers; nothing is done.</summary>
    RateLimit,

    /// <summary>The call is handled, but its answer ends in the middle of the body.</summary>
    CutBody,

    /// <summary>200 with an HTML page; nothing is done.</summary>
    Html,

    /// <summary>The call is handled, then the connection is dropped without an answer.</summary>
    ActThenDrop,

    /// <summary>The call is handled, and its answer never comes.</summary>
    ActThenStall,

    /// <summary>The connection is dropped before anything is done.</summary>
    Drop,

    /// <summary>The websocket dies (1006) instead of sending the frame.</summary>
    WebSocketCut,

    /// <summary>The websocket stays open but says nothing more, and hears nothing.</summary>
    WebSocketFreeze,

    /// <summary>The frame is not sent; its sequence number is used up.</summary>
    WebSocketDropFrames,

    /// <summary>The frame is sent twice.</summary>
    WebSocketDuplicate,
}
