using System.Globalization;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>The other variant: a server whose connections have an id and can be resumed.</summary>
internal sealed class ReliableReplay : IConformanceSource
{
    private const string Hello = "hello.data.connection_id";

    public async Task<ConformanceSection> RunAsync()
    {
        var played = await new FrameReplay().PlayAsync(RecordedScenario.Options with { ReliableWebSockets = true });
        var others = played
            .Where(static row => row.Explanation is null)
            .SelectMany(static row => row.Differences)
            .Where(static it => !it.Contains(Hello, StringComparison.Ordinal));
        var calls = string.Create(CultureInfo.InvariantCulture, $"{played.Count} calls");
        return new ConformanceSection(
            "Websocket: a server with reliable websockets",
            """
            Newer servers, and the sandbox with an option, give each connection an id in `hello`. Everything else is as above.
            Resuming was not recorded of 5.37: the handling of `connection_id` and `sequence_number` follows the server's source
            (128 frames kept, a new id if one is lost, a token required on the upgrade) and is tested in `ResumeTests` and with
            Mattermost's own client; what was recorded of 11.6 is below.
            """,
            [
                new ConformanceTable(
                    "Reliable websockets",
                    "what",
                    [
                        await HelloAsync(),
                        new ConformanceRow(
                            "ws-all-frames",
                            "the whole scenario again, but for the ids in hello",
                            calls,
                            calls,
                            [.. others]
                        ),
                    ]
                ),
            ],
            []
        );
    }

    private static async Task<ConformanceRow> HelloAsync()
    {
        const string Recording = "ws-hello-with-reliable-websockets";
        await using var sandbox = await SandboxServer.StartAsync(
            OlderServer.Options with
            {
                ReliableWebSockets = true,
            }
        );
        await using var socket = await RawSocket.ConnectAsync(
            sandbox.MattermostUri,
            TimeProvider.System,
            sandbox.BotToken
        );
        await socket.UntilMessagesAsync(1);
        var comparison = new BodyComparison(new IdMap(), sandbox.MattermostUri);
        comparison.Compare(
            "hello",
            FrameJson.Unfold(Recorded.Load(Recording).GetRawText()),
            FrameJson.Unfold(socket.Sights[2].Text)
        );
        return new ConformanceRow(
            Recording,
            "hello",
            "connection_id, server_version",
            "connection_id, server_version",
            comparison.Differences
        );
    }
}
