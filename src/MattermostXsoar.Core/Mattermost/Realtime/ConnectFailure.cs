using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>Describes why a websocket could not be opened.</summary>
internal static class ConnectFailure
{
    /// <summary>Turns an exception of the framework into a message for people.</summary>
    public static ConnectionEnd Describe(Exception error, UpgradeRequest request, SecretRedactor redactor)
    {
        if (error is UpgradeRefusedException refused)
            return OfStatus(refused, request, redactor);

        var reason =
            error is AuthenticationException certificate
                ? $"The certificate of {Host(request)} is not trusted: {certificate.Message}."
            : IsTls(error) ? OfTls(request)
            : $"No connection to {Host(request)}: {Causes(error).Last().Message}";
        return new ConnectionEnd { Reason = redactor.Redact(reason) };
    }

    /// <summary>The connection was not opened in time.</summary>
    public static ConnectionEnd TimedOut(UpgradeRequest request, TimeSpan allowed) =>
        new()
        {
            Reason = string.Format(
                CultureInfo.InvariantCulture,
                "No connection to {0} within {1} s.",
                Host(request),
                allowed.TotalSeconds
            ),
        };

    private static ConnectionEnd OfStatus(
        UpgradeRefusedException refused,
        UpgradeRequest request,
        SecretRedactor redactor
    )
    {
        var meaning = refused.Status switch
        {
            401 or 403 => "the token is not accepted, or a gateway in front of the server refuses it",
            404 => "there is no Mattermost server at this address",
            429 => "too many requests",
            >= 300 and < 400 when refused.Location is { } location =>
                $"it redirects to {WithoutQuery(location)}; redirects are not followed",
            >= 500 => "the server or a gateway in front of it is not ready",
            _ => "a proxy or gateway may not support websockets",
        };
        var reason = string.Format(
            CultureInfo.InvariantCulture,
            "{0} answered the websocket with HTTP {1}: {2}.",
            Host(request),
            refused.Status,
            meaning
        );
        return new ConnectionEnd
        {
            Reason = redactor.Redact(reason),
            RetryAfter = refused.RetryAfter,
            TokenMayBeInvalid = refused.Status is 401 or 403,
        };
    }

    private static string OfTls(UpgradeRequest request) =>
        request.Transport.SkipCertificateCheck && !WebSocketConnector.CanSkipCertificateCheck
            ? $"The certificate of {Host(request)} is not trusted, and Windows PowerShell cannot skip that check for "
                + "websockets. Install the certificate's authority on this machine, or use PowerShell 7."
            : $"No TLS connection to {Host(request)} could be established, or its certificate is not trusted.";

    private static bool IsTls(Exception error) =>
        Causes(error)
            .Any(cause =>
                cause
                    is AuthenticationException
                        or WebException
                        {
                            Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure
                        }
            );

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
            if (cause is SocketException)
                yield break;
        }
    }

    private static string Host(UpgradeRequest request) => request.Address.Authority;

    private static string WithoutQuery(string location) => location.Split('?')[0];
}
