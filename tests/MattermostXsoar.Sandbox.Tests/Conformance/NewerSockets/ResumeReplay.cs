namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>The recorded stories of resuming a connection.</summary>
internal sealed class ResumeReplay : IConformanceSource
{
    public async Task<ConformanceSection> RunAsync() =>
        new(
            "Websocket of 11.6: resuming",
            """
            Each recorded story is repeated: so many posts while the client still reads, so many that the server writes but the
            client does not read, the end, so many posts while it is away, and a connection with `connection_id` and
            `sequence_number`. Compared is the verdict that the recorder drew: whether it was resumed, what came again, from
            which number, and when a ping was answered.
            """,
            [
                new ConformanceTable("Dropped and resumed", "story", await ResumeStories.PlayAsync()),
                new ConformanceTable("Forgotten, cut, restarted, slow", "story", await LongStories.PlayAsync()),
            ],
            SocketsNotReplayed.Of("ws-session-resume-")
        )
        {
            Version = "11.6",
        };
}
