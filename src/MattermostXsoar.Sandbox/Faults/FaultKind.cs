namespace MattermostXsoar.Sandbox.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The answer comes after <see cref="Fault.Delay"/>.</summary>
    Delay,

    /// <summary>No answer is ever sent; the call is not handled.</summary>
    Stall,

    /// <summary><see cref="Fault.Status"/> is answered; the call is not handled.</summary>
    Status,

    /// <summary>429 as <see cref="Fault.Limit"/> says; the call is not handled.</summary>
    RateLimit,

    /// <summary>The call is handled, but its answer ends in the middle of the body.</summary>
    CutBody,

    /// <summary>The call is handled, but its answer ends in the middle of the headers.</summary>
    CutHeaders,

    /// <summary>200 with an HTML page; the call is not handled.</summary>
    Html,

    /// <summary>302 to <see cref="Fault.Location"/>, or to a login page; the call is not handled.</summary>
    LoginRedirect,

    /// <summary>The call is handled, then the connection is dropped without an answer.</summary>
    ActThenDrop,

    /// <summary>The call is handled, and its answer is never sent.</summary>
    ActThenStall,

    /// <summary>The call is handled, and <see cref="Fault.Status"/> is answered, as by a gateway that timed
    /// out.</summary>
    ActThenStatus,

    /// <summary>The connection is dropped and the call is not handled.</summary>
    Drop,

    /// <summary>The websocket is dropped (1006) instead of sending the frame.</summary>
    WebSocketCut,

    /// <summary>The websocket stays open but sends and reads nothing more.</summary>
    WebSocketFreeze,

    /// <summary>The frame is not sent; its sequence number is used up.</summary>
    WebSocketDropFrames,

    /// <summary>The frame is sent twice.</summary>
    WebSocketDuplicate,

    /// <summary>The frame is sent after the one that follows it.</summary>
    WebSocketReorder,

    /// <summary>The frame, and all after it, are sent after <see cref="Fault.Delay"/>.</summary>
    WebSocketDelay,

    /// <summary>Instead of the frame, <see cref="Fault.Body"/> or the first half of the frame is sent.</summary>
    WebSocketGarbage,

    /// <summary>An event that waits for a connection is lost when the connection is resumed. No sequence number is used
    /// up: nothing shows it.</summary>
    WebSocketLoseAtResume,
}
