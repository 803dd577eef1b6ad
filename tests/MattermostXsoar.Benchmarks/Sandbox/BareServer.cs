using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>
/// The floor: a bare Kestrel. A post is answered with a fixed text, and a fixed frame with the post's time is sent to
/// every websocket that subscribed to its channel; both texts are as long as the sandbox's. There are no users, no
/// permissions and no records, and nothing is stored.
/// </summary>
internal sealed class BareServer : IAsyncDisposable
{
    private const int AnswerLength = 720;

    private readonly ConcurrentDictionary<string, ConcurrentBag<Channel<byte[]>>> _listeners = new();
    private readonly byte[] _answer = Encoding.UTF8.GetBytes($"{{\"id\":\"{new string('x', AnswerLength - 9)}\"}}");
    private readonly WebApplication _app;

    private BareServer(WebApplication app) => _app = app;

    public LoadTarget Target(IReadOnlyList<(string Token, string ChannelId)> clients) =>
        new(new Uri(_app.Urls.First()), clients);

    public static async Task<BareServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(static kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1)
            );
        var server = new BareServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static byte[] Frame(ReadOnlySpan<byte> post)
    {
        var frame = Encoding.UTF8.GetBytes(
            $"{{\"event\":\"posted\",\"data\":{{\"post\":\"{new string('x', 900)}load "
                + $"{new string('0', LoadMessage.Digits)}\"}}}}"
        );
        post.Slice(LoadMessage.Find(post), LoadMessage.Digits).CopyTo(frame.AsSpan(LoadMessage.Find(frame)));
        return frame;
    }

    private Task HandleAsync(HttpContext http) =>
        http.WebSockets.IsWebSocketRequest ? ListenAsync(http) : PostAsync(http);

    private async Task PostAsync(HttpContext http)
    {
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body);
        var post = body.ToArray();
        var channelId = Encoding.ASCII.GetString(post, 15, 26);
        if (_listeners.TryGetValue(channelId, out var listeners))
        {
            var frame = Frame(post);
            foreach (var listener in listeners)
                listener.Writer.TryWrite(frame);
        }
        http.Response.StatusCode = 201;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = _answer.Length;
        await http.Response.Body.WriteAsync(_answer);
    }

    private async Task ListenAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var frames = Channel.CreateUnbounded<byte[]>();
        _listeners.GetOrAdd(http.Request.Query["channel"].ToString(), static _ => []).Add(frames);
        var sending = SendAsync(socket, frames.Reader);
        var closed = await socket.ReceiveAsync(new byte[16].AsMemory(), CancellationToken.None);
        frames.Writer.Complete();
        await sending;
        if (closed.MessageType == WebSocketMessageType.Close)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<byte[]> frames)
    {
        await foreach (var frame in frames.ReadAllAsync())
            await socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
