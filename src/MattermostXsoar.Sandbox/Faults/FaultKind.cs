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

    /// <summary>429 as <see cref="Fault.Limit"/> says; nothing is done.</summary>
    RateLimit,

    /// <summary>The call is handled, but its answer ends in the middle of the body.</summary>
    CutBody,

    /// <summary>The call is handled, but its answer ends in the middle of the headers.</summary>
    CutHeaders,

    /// <summary>200 with an HTML page; nothing is done.</summary>
    Html,

    /// <summary>302 to <see cref="Fault.Location"/>, or to a login page; nothing is done.</summary>
    LoginRedirect,

    /// <summary>The call is handled, then the connection is dropped without an answer.</summary>
    ActThenDrop,

    /// <summary>The call is handled, and its answer never comes.</summary>
    ActThenStall,

    /// <summary>The call is handled, and <see cref="Fault.Status"/> is answered, as a gateway does that lost
    /// patience.</summary>
    ActThenStatus,

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

    /// <summary>The frame is sent after the one that follows it.</summary>
    WebSocketReorder,

    /// <summary>The frame, and all behind it, come after <see cref="Fault.Delay"/>.</summary>
    WebSocketDelay,

    /// <summary>In the frame's place comes <see cref="Fault.Body"/>, or the first half of the frame.</summary>
    WebSocketGarbage,
}
