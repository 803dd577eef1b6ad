using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MattermostXsoar.Core.Platform;

/// <summary>Finds the stage at which a connection failed. If it is unknown, the request counts as sent.</summary>
internal static class ConnectionStages
{
    public static ConnectionStage Of(Exception failure)
    {
        if (Chain(failure).Any(one => one is AuthenticationException))
            return ConnectionStage.Tls;
#if NET8_0_OR_GREATER
        if (failure is HttpRequestException http)
        {
            switch (http.HttpRequestError)
            {
                case HttpRequestError.NameResolutionError:
                    return IsUnknownName(failure) ? ConnectionStage.Name : ConnectionStage.Connect;
                case HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError:
                    return ConnectionStage.Connect;
                case HttpRequestError.SecureConnectionError:
                    return ConnectionStage.Tls;
                default:
                    break;
            }
        }

        return ConnectionStage.Sent;
#else
        foreach (var web in Chain(failure).OfType<WebException>())
        {
            switch (web.Status)
            {
                case WebExceptionStatus.NameResolutionFailure:
                    return ConnectionStage.Name;
                case WebExceptionStatus.ConnectFailure or WebExceptionStatus.ProxyNameResolutionFailure:
                    return ConnectionStage.Connect;
                case WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure:
                    return ConnectionStage.Tls;
                default:
                    break;
            }
        }

        // On modern runtimes the socket's error is the direct inner exception only while connecting; later there is an
        // IOException between.
        if (failure is not HttpRequestException { InnerException: SocketException })
            return ConnectionStage.Sent;
        return IsUnknownName(failure) ? ConnectionStage.Name : ConnectionStage.Connect;
#endif
    }

    private static bool IsUnknownName(Exception failure) =>
        Chain(failure)
            .OfType<SocketException>()
            .Any(socket => socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData);

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var one = failure; one is not null; one = one.InnerException)
            yield return one;
    }
}
