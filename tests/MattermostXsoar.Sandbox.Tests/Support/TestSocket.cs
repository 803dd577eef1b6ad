using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>A raw websocket to the sandbox.</summary>
internal sealed class TestSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];

    private TestSocket() { }

    private static CancellationToken Deadline =>
        CancellationTokenSource
            .CreateLinkedTokenSource(
                TestContext.Current.CancellationToken,
                new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token
            )
            .Token;

    public void Dispose() => _socket.Dispose();

    public static async Task<TestSocket> ConnectAsync(
        SandboxServer sandbox,
        string? headerToken = null,
        string query = ""
    )
    {
        var it = new TestSocket();
        if (headerToken is not null)
            it._socket.Options.SetRequestHeader("Authorization", "Bearer " + headerToken);
        await it._socket.ConnectAsync(
            new UriBuilder(sandbox.MattermostUri)
            {
                Scheme = "ws",
                Path = "/api/v4/websocket",
                Query = query,
            }.Uri,
            Deadline
        );
        return it;
    }

    /// <summary>Connects, authenticates by challenge and reads the three opening frames.</summary>
    public static async Task<TestSocket> OpenAsync(SandboxServer sandbox, string token)
    {
        var it = await ConnectAsync(sandbox);
        await it.ChallengeAsync(token);
        for (var i = 0; i < 2; i++)
            await it.NextAsync();
        return it;
    }

    public Task ChallengeAsync(string token) =>
        SendAsync($$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{token}}}"}}""");

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Deadline);

    public async Task<JsonElement> NextAsync()
    {
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), Deadline);
            Assert.Equal(WebSocketMessageType.Text, result.MessageType);
            length += result.Count;
            if (result.EndOfMessage)
                return JsonDocument.Parse(_buffer.AsMemory(0, length).ToArray()).RootElement;
        }
    }

    /// <summary>The next event with this name; others are skipped.</summary>
    public async Task<JsonElement> NextAsync(string eventName)
    {
        while (true)
        {
            var frame = await NextAsync();
            if (frame.TryGetProperty("event", out var name) && name.GetString() == eventName)
                return frame;
        }
    }

    /// <summary>Asserts that the connection ends without a close frame, which clients report as 1006.</summary>
    public async Task AssertDropsAsync()
    {
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (true)
                await NextAsync();
        });
        Assert.Null(_socket.CloseStatus);
    }

    /// <summary>Asserts that the connection ends with a close frame that gives this reason.</summary>
    public async Task AssertClosesAsync(WebSocketCloseStatus status)
    {
        while ((await _socket.ReceiveAsync(_buffer.AsMemory(), Deadline)).MessageType != WebSocketMessageType.Close) { }
        Assert.Equal(status, _socket.CloseStatus);
    }

    public static string Message(JsonElement posted) =>
        JsonDocument
            .Parse(posted.GetProperty("data").GetProperty("post").GetString()!)
            .RootElement.GetProperty("message")
            .GetString()!;
}
