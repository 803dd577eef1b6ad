namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>Recordings of the websocket of 11.6 that are not replayed, and why.</summary>
internal static class SocketsNotReplayed
{
    private const string Race =
        "a race of the real server, counted over many tries; the sandbox loses an event at a resume where a fault asks for "
        + "it (`WebSocketLoseAtResume`)";

    private static readonly (string Recording, string Reason)[] All =
    [
        ("ws-session-resume-at-once", "a race: 37 of 40 resumes within 0 ms succeed on the real server"),
        ("ws-session-resume-race", Race),
        ("ws-session-resume-race-posts", Race),
        ("ws-session-order-of-posts", "counts of a race: option `ShufflePublishing` publishes posts out of order"),
        ("ws-session-added-to-a-busy-channel", "counts of a race between posts and the adding of a member"),
        ("ws-session-binary-msgpack", "binary frames are not read as msgpack; they drop the connection"),
        ("ws-session-presence", "`presence` is answered, and switches nothing off"),
        ("ws-session-posted_ack", "`should_ack` is not sent: it is for push notifications"),
    ];

    public static IReadOnlyList<(string Recording, string Reason)> Of(string prefix) =>
        [.. All.Where(it => it.Recording.StartsWith(prefix, StringComparison.Ordinal))];

    public static IReadOnlyList<(string Recording, string Reason)> Sessions =>
        [.. All.Where(static it => !it.Recording.StartsWith("ws-session-resume-", StringComparison.Ordinal))];
}
