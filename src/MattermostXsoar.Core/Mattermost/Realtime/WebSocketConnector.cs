using System.Net;
using System.Net.WebSockets;
using System.Security.Authentication;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// Opens websockets. On the modern framework certificates, proxy and redirects follow the session's options, and the
/// response of a refused upgrade can be read; on .NET Framework only the proxy can be set.
/// </summary>
internal static class WebSocketConnector
{
    // Unsolicited pongs: without them the server closes the connection (after 100 s) while a slow sink delays reading.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>True if websockets can accept any certificate.</summary>
    public static bool CanSkipCertificateCheck =>
#if NET8_0_OR_GREATER
        true;
#else
        false;
#endif

    /// <summary>Opens a websocket.</summary>
    /// <exception cref="UpgradeRefusedException">The server refused the upgrade.</exception>
    /// <exception cref="AuthenticationException">The certificate is not trusted; the message says why.</exception>
    /// <exception cref="WebSocketException">There is no connection, or no websocket.</exception>
    public static async Task<WebSocket> ConnectAsync(
        UpgradeRequest request,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = KeepAlive;
            if (request.Authorization is { } token)
                socket.Options.SetRequestHeader("Authorization", "Bearer " + token.Reveal());

            await ConnectAsync(socket, request, timeProvider, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

#if NET8_0_OR_GREATER
    private static async Task ConnectAsync(
        ClientWebSocket socket,
        UpgradeRequest request,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        var certificate = new CertificateCheck(request.Transport.SkipCertificateCheck);
        var proxy = Proxies.Create(request.Transport);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = certificate.Accept;
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(request.Address, invoker, cancellationToken);
        }
        catch (WebSocketException error) when (socket.HttpStatusCode is not (0 or HttpStatusCode.SwitchingProtocols))
        {
            throw new UpgradeRefusedException(
                (int)socket.HttpStatusCode,
                RetryAfter.Parse(HeaderOf(socket, "Retry-After"), timeProvider.GetUtcNow()),
                HeaderOf(socket, "Location"),
                error
            );
        }
        catch (WebSocketException error) when (certificate.Problem is { } problem)
        {
            throw new AuthenticationException(problem, error);
        }
        finally
        {
            socket.HttpResponseHeaders = null;
        }
    }

    private static string? HeaderOf(ClientWebSocket socket, string name) =>
        socket.HttpResponseHeaders is { } headers && headers.TryGetValue(name, out var values)
            ? values.FirstOrDefault()
            : null;
#else
    private static async Task ConnectAsync(
        ClientWebSocket socket,
        UpgradeRequest request,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        // By default the framework uses the system's proxy; a proxy without an address means none.
        socket.Options.Proxy = Proxies.Create(request.Transport) ?? new WebProxy();

        try
        {
            await socket.ConnectAsync(request.Address, cancellationToken);
        }
        catch (WebSocketException error)
            when ((error.InnerException as WebException)?.Response is HttpWebResponse answer)
        {
            throw new UpgradeRefusedException(
                (int)answer.StatusCode,
                RetryAfter.Parse(answer.Headers["Retry-After"], timeProvider.GetUtcNow()),
                answer.Headers["Location"],
                error
            );
        }
    }
#endif
}
