namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>Something that a client sees of its connection, in the form of the recordings.</summary>
/// <param name="Kind"><c>upgrade</c>, <c>open</c>, <c>message</c>, <c>ping</c>, <c>pong</c>, <c>refused</c>, <c>close</c> or
/// <c>error</c>.</param>
/// <param name="At">The time since the opening.</param>
/// <param name="Text">The text of a message.</param>
/// <param name="Code">The status of an upgrade, or the code of a close.</param>
internal sealed record SocketSight(string Kind, TimeSpan At, string Text = "", int Code = 0)
{
    /// <summary>A short text without values that differ from run to run.</summary>
    public string Summary =>
        Kind switch
        {
            "message" => FrameKind.Of(Text),
            "upgrade" => $"upgrade {Code}",
            "close" => $"close {Code}",
            "refused" => $"refused {Code}",
            _ => Kind,
        };
}
