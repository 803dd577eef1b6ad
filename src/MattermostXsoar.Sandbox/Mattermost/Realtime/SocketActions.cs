using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>What the server sends on a websocket besides events: hello and the replies to a client's actions.</summary>
internal sealed class SocketActions(MattermostWorld world, SandboxOptions options)
{
    /// <summary>The name of the server's host in <c>hello</c>, as recorded.</summary>
    private const string HostName = "vm";

    public static ServerEvent Hello(ConnectionState connection, MattermostWorld world) =>
        ServerEvent.Create(
            "hello",
            Audience.User(connection.UserId),
            (connection.ConnectionId, world),
            static (writer, it) =>
            {
                writer.WriteString("connection_id"u8, it.ConnectionId);
                if (it.world.Version.Sockets.HelloNamesHost)
                    writer.WriteString("server_hostname"u8, HostName);
                writer.WriteString("server_version"u8, MattermostWorld.VersionId(it.world.Options));
            },
            isPersonal: true
        );

    /// <summary>False for a number of another type, which drops the connection.</summary>
    public static bool HasReadableSequence(JsonElement message) =>
        !message.TryGetProperty("seq", out var seq)
        || seq.ValueKind == JsonValueKind.Null
        || seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out _);

    public static byte[] Ok(long sequence) =>
        Encoding.UTF8.GetBytes($"{{\"status\":\"OK\",\"seq_reply\":{sequence}}}\n");

    public static long Sequence(JsonElement message) =>
        message.TryGetProperty("seq", out var seq)
        && seq.ValueKind == JsonValueKind.Number
        && seq.TryGetInt64(out var number)
            ? number
            : 0;

    /// <summary>The answer to an action; null if there is none.</summary>
    public byte[]? Reply(string userId, string token, bool isMuted, string action, JsonElement message)
    {
        var sequence = Sequence(message);
        // These two checks are in the server's order: an action without a number is refused before its name is checked.
        if (action.Length == 0 && sequence > 0)
            return Fail(sequence, "api.web_socket_router.no_action.app_error", "No websocket action.", 400);
        if (sequence <= 0)
            return Fail(
                sequence,
                "api.web_socket_router.bad_seq.app_error",
                "Invalid sequence for WebSocket message.",
                400
            );
        if (isMuted)
            return Fail(
                sequence,
                "api.web_socket_router.not_authenticated.app_error",
                "WebSocket connection is not authenticated. Please log in and try again.",
                401
            );
        if (
            action is "get_statuses" or "get_statuses_by_ids" or "ping" or "user_typing" or "user_update_active_status"
            && !world.IsValidToken(token)
        )
            return Fail(sequence, "api.context.invalid_token.error", $"Invalid session token={token}, err=", 401);
        switch (action)
        {
            case "ping":
                var now = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
                return Data(
                    sequence,
                    $"{{\"node_id\":\"\",\"server_time\":{now},\"text\":\"pong\","
                        + $"\"version\":\"{options.MattermostVersion}\"}}"
                );
            case "get_statuses":
                return Data(sequence, world.StatusesJson(null));
            case "get_statuses_by_ids"
                when world.Version.Sockets.ChecksActions
                    && !(message.TryGetProperty("data", out var data) && data.TryGetProperty("user_ids", out _)):
                return Fail(
                    sequence,
                    "api.websocket_handler.invalid_param.app_error",
                    "Invalid user_ids parameter.",
                    400
                );
            case "get_statuses_by_ids":
                return Data(sequence, world.StatusesJson(UserIds(message)));
            case "user_typing":
                Typing(userId, message);
                return Ok(sequence);
            case "user_update_active_status":
            case "presence" or "posted_notify_ack" when world.Version.Sockets.ChecksActions:
                return Ok(sequence);
            // For plugins, of which none answers.
            case var custom
                when world.Version.Sockets.ChecksActions && custom.StartsWith("custom_", StringComparison.Ordinal):
                return null;
            default:
                return Fail(sequence, "api.web_socket_router.bad_action.app_error", "Unknown WebSocket action.", 500);
        }
    }

    private static HashSet<string> UserIds(JsonElement message)
    {
        if (
            !message.TryGetProperty("data", out var data)
            || !data.TryGetProperty("user_ids", out var ids)
            || ids.ValueKind != JsonValueKind.Array
        )
            return [];
        return [.. ids.EnumerateArray().Select(static id => id.ToString())];
    }

    private void Typing(string userId, JsonElement message)
    {
        if (!message.TryGetProperty("data", out var data) || data.Text("channel_id") is not { } channelId)
            return;
        world.Publish(
            ServerEvent.Create(
                "typing",
                new Audience(ChannelId: channelId, OmitUserId: userId),
                (data.Text("parent_id") ?? "", userId),
                static (writer, it) =>
                {
                    writer.WriteString("parent_id"u8, it.Item1);
                    writer.WriteString("user_id"u8, it.userId);
                }
            )
        );
    }

    private static byte[] Data(long sequence, string json) =>
        Encoding.UTF8.GetBytes($"{{\"status\":\"OK\",\"seq_reply\":{sequence},\"data\":{json}}}\n");

    private static byte[] Fail(long sequence, string id, string message, int status)
    {
        var reply = sequence != 0 ? $"\"seq_reply\":{sequence}," : "";
        return Encoding.UTF8.GetBytes(
            $"{{\"status\":\"FAIL\",{reply}\"error\":{{\"id\":\"{id}\",\"message\":\"{message}\","
                + $"\"detailed_error\":\"\",\"status_code\":{status}}}}}\n"
        );
    }
}
