using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The server's end of one websocket.</summary>
internal sealed class LoopbackConnection(HttpContext context, WebSocket socket) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[64 * 1024];

    public Task Ended => _ended.Task;

    public string Query { get; } = context.Request.QueryString.Value ?? "";

    public string? Authorization { get; } = context.Request.Headers.Authorization;

    /// <summary>Ends it as a real server does: no close frame, 1006.</summary>
    public void Abort() => _ended.TrySetResult();

    public void Dispose() => _ended.TrySetResult();

    /// <summary>Reads the client's next action; null when it closed.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        var read = await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).InTime();
        if (read.MessageType == WebSocketMessageType.Close)
            return null;

        using var document = JsonDocument.Parse(_buffer.AsMemory(0, read.Count));
        return document.RootElement.Clone();
    }

    public Task SendAsync(string frame) => SendAsync(Encoding.UTF8.GetBytes(frame + "\n"));

    public Task SendAsync(byte[] frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).InTime();

    /// <summary>Sends one message in pieces.</summary>
    public async Task SendInPiecesAsync(byte[] frame, int size)
    {
        for (var start = 0; start < frame.Length; start += size)
        {
            var end = Math.Min(start + size, frame.Length);
            await socket.SendAsync(
                frame.AsMemory(start..end),
                WebSocketMessageType.Text,
                end == frame.Length,
                CancellationToken.None
            );
        }
    }

    public Task HelloAsync(string connectionId = "") =>
        SendAsync(
            $$$"""{"event":"hello","data":{"connection_id":"{{{connectionId}}}","server_version":"5.37.0"},"broadcast":{"omit_users":null,"user_id":"u","channel_id":"","team_id":""},"seq":0}"""
        );

    public Task PostedAsync(long seq, string? message = null) => SendAsync(ProtocolDriver.PostedFrame(seq, message));

    /// <summary>Reads the challenge and welcomes the client.</summary>
    public async Task WelcomeAsync(string connectionId = "")
    {
        await ReceiveAsync();
        await HelloAsync(connectionId);
        await SendAsync("""{"status":"OK","seq_reply":1}""");
    }

    /// <summary>Answers the client's next action with OK.</summary>
    public async Task AnswerAsync()
    {
        var action = await ReceiveAsync();
        await SendAsync($$"""{"status":"OK","seq_reply":{{action!.Value.GetProperty("seq").GetInt64()}}}""");
    }

    public Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.EndpointUnavailable) =>
        socket.CloseOutputAsync(
            status,
            status == WebSocketCloseStatus.EndpointUnavailable ? "going down" : null,
            CancellationToken.None
        );
}
