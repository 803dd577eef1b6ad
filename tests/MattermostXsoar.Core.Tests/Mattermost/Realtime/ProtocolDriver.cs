using System.Globalization;
using System.Text;
using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>Feeds a protocol and writes down what it asked for.</summary>
internal sealed class ProtocolDriver
{
    public const string Token = "st9mm1rsginwprqjpixba4mmuh";
    public const string OneId = "1sqj7j7pdtdtmxe7gwish13p6c";
    public const string OtherId = "k3ba8xpfsjbjzxh81ikd1mtquw";

    public ProtocolDriver(RealtimeOptions? options = null)
    {
        var redactor = new SecretRedactor();
        Protocol = new RealtimeProtocol(options ?? new RealtimeOptions(), new AccessToken(Token, redactor), redactor);
    }

    public RealtimeProtocol Protocol { get; }

    /// <summary>The clock of the test.</summary>
    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What happened: "gap", "online", "resumed", "resume done", "broken", "notice", and events as "name seq".</summary>
    public List<string> Log { get; } = [];

    public List<RealtimeEvent> Events { get; } = [];

    public int Gaps => Log.Count(entry => entry == "gap");

    /// <summary>Opens a connection and returns the actions that were sent.</summary>
    public IReadOnlyList<string> Open() => [.. Protocol.Opened(Now).Select(frame => Encoding.UTF8.GetString(frame))];

    /// <summary>A refused action, as a server answers it whose connection has lost its token.</summary>
    public ReceivedFrame Refuse(long seqReply) =>
        Feed(
            $$$"""{"status":"FAIL","error":{"id":"api.web_socket_router.not_authenticated.app_error","message":"WebSocket connection is not authenticated.","detailed_error":"","status_code":401},"seq_reply":{{{seqReply}}}}"""
        );

    /// <summary>Ends the connection and opens the next.</summary>
    public IReadOnlyList<string> Reopen()
    {
        Protocol.Closed();
        return Open();
    }

    public ReceivedFrame Feed(byte[] frame)
    {
        var received = Protocol.Receive(frame, Now);
        if (received.CameOnline)
            Log.Add(received.Resumed ? "resumed" : "online");

        if (received.Gap is not null)
            Log.Add("gap");

        if (received.ResumeDone)
            Log.Add("resume done");

        if (received.Event is { } realtimeEvent)
        {
            Events.Add(realtimeEvent);
            Log.Add(string.Create(CultureInfo.InvariantCulture, $"{realtimeEvent.Event} {realtimeEvent.Seq}"));
        }

        if (received.Notice is not null)
            Log.Add("notice");

        if (received.Failure is not null)
            Log.Add("broken");

        return received;
    }

    public ReceivedFrame Feed(string frame) => Feed(Encoding.UTF8.GetBytes(frame));

    public ReceivedFrame Hello(string connectionId = "", long seq = 0) =>
        Feed(
            $$$"""{"event":"hello","data":{"connection_id":"{{{connectionId}}}","server_version":"5.37.0"},"broadcast":{"omit_users":null,"user_id":"u","channel_id":"","team_id":""},"seq":{{{seq}}}}"""
        );

    public ReceivedFrame Posted(long seq) => Feed(PostedFrame(seq));

    public ReceivedFrame Reply(long seqReply) => Feed($$"""{"status":"OK","seq_reply":{{seqReply}}}""");

    public static string PostedFrame(long seq, string? message = null)
    {
        var post = JsonSerializer.Serialize(
            new
            {
                id = $"post{seq}",
                channel_id = "c",
                user_id = "u",
                message = message ?? $"line {seq}",
            }
        );
        return $$$"""{"event":"posted","data":{"post":{{{JsonSerializer.Serialize(post)}}},"sender_name":"@user1","team_id":"t"},"broadcast":{"omit_users":null,"user_id":"","channel_id":"c","team_id":""},"seq":{{{seq}}}}""";
    }
}
