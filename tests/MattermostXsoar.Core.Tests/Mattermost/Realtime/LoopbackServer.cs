using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MattermostXsoar.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>A websocket server whose side of every connection is played by the test.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<LoopbackConnection> _accepted = Channel.CreateUnbounded<LoopbackConnection>();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _refusals = new();
    private readonly CancellationTokenSource _stopping = new();

    private LoopbackServer(WebApplication app) => _app = app;

    /// <summary>The server's address as a user would type it, with a path.</summary>
    public Uri BaseUri { get; private set; } = null!;

    /// <summary>The path and query of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<LoopbackServer> StartAsync(bool tls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(
                    IPAddress.Loopback,
                    0,
                    listen =>
                    {
                        listen.Protocols = HttpProtocols.Http1;
                        if (tls)
                            listen.UseHttps(SelfSigned());
                    }
                )
            );
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var server = new LoopbackServer(app);
        app.UseWebSockets();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        server.BaseUri = new Uri(address + "/chat");
        return server;
    }

    /// <summary>Answers the next upgrade so instead; a test that has no such upgrade fails.</summary>
    public void RefuseNext(Func<HttpContext, Task> answer)
    {
        _refusals.Enqueue(answer);
        PlantedFaults.Watch(() => _refusals.Contains(answer) ? ["the refusal of an upgrade: none came"] : []);
    }

    /// <summary>Waits for the next connection.</summary>
    public Task<LoopbackConnection> AcceptAsync() => _accepted.Reader.ReadAsync().InTime();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue(context.Request.Path + context.Request.QueryString.Value);
        if (_refusals.TryDequeue(out var refusal))
        {
            await refusal(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest || context.Request.Path != "/chat/api/v4/websocket")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new LoopbackConnection(context, socket);
        await _accepted.Writer.WriteAsync(connection);
        await connection.Ended.WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
