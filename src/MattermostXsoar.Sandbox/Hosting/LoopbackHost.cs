using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>Both servers in one Kestrel on two loopback ports.</summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackHost(WebApplication app) => _app = app;

    /// <summary>Starts listening; ports of 0 are chosen and returned.</summary>
    public static async Task<(LoopbackHost Host, int MattermostPort, int XsoarPort)> StartAsync(
        int mattermostPort,
        int xsoarPort,
        Func<HttpContext, bool, Task> handle
    )
    {
        for (var tries = 0; ; tries++)
        {
            var first = mattermostPort != 0 ? mattermostPort : FreePort();
            var second = xsoarPort != 0 ? xsoarPort : FreePort();
            var app = Build(first, second, handle);
            try
            {
                await app.StartAsync();
                return (new LoopbackHost(app), first, second);
            }
            catch (IOException error)
                when (error.InnerException is AddressInUseException
                    && tries < 20
                    && (mattermostPort == 0 || xsoarPort == 0)
                )
            {
                // Another process took the port meanwhile; choose again.
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>Ends immediately: open connections are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static WebApplication Build(int mattermostPort, int xsoarPort, Func<HttpContext, bool, Task> handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.MaxRequestLineSize = 256 * 1024;
                kestrel.Limits.MinResponseDataRate = null;
                kestrel.Listen(
                    IPAddress.Loopback,
                    mattermostPort,
                    static listen => listen.Protocols = HttpProtocols.Http1
                );
                kestrel.Listen(IPAddress.Loopback, xsoarPort, static listen => listen.Protocols = HttpProtocols.Http1);
            });
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(http => handle(http, http.Connection.LocalPort == mattermostPort));
        return app;
    }

    /// <remarks>
    /// Below the range of client ports, so that no client's connection occupies the port while a sandbox restarts.
    /// </remarks>
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(18_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // In use; try the next one.
            }
        }
    }
}
