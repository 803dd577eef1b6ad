using System.Security.Authentication;
using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>Names what went wrong when no answer came, or not all of it.</summary>
internal static class ConnectionFailures
{
    public static ApiException Timeout(ApiRequest request, ErrorText text, TimeSpan limit, Exception cause) =>
        new(
            ErrorIds.RequestTimeout,
            ErrorKind.Timeout,
            $"{text.Product} at {text.Address} did not answer {text.Call(request)} within {limit.TotalSeconds:0.###} s.",
            "Try again; if the server is known to be slow, connect with a longer -TimeoutSec.",
            cause
        )
        {
            OutcomeUnknown = request.Effect != RequestEffect.Read,
        };

    /// <summary>A file's transfer in which nothing moved for the whole time limit.</summary>
    public static ApiException Stalled(ApiRequest request, ErrorText text, TimeSpan limit, Exception cause) =>
        new(
            ErrorIds.RequestTimeout,
            ErrorKind.Timeout,
            $"{text.Product} at {text.Address} took or sent nothing for {limit.TotalSeconds:0.###} s during {text.Call(request)}.",
            "Try again; if the server is known to be slow, connect with a longer -TimeoutSec.",
            cause
        )
        {
            OutcomeUnknown = request.Effect != RequestEffect.Read,
        };

    public static ApiException ConnectTimeout(ApiRequest request, ErrorText text, Exception cause) =>
        new(
            ErrorIds.HostUnreachable,
            ErrorKind.Connection,
            text.Proxy is { } proxy
                ? $"The proxy {proxy} on the way to {text.Address} could not be reached for {text.Call(request)}: it does not take the connection."
                : $"{text.Address} could not be reached for {text.Call(request)}: it does not take the connection.",
            Advice(text),
            cause
        );

    public static ApiException Create(ApiRequest request, ErrorText text, CertificateCheck certificate, Exception cause)
    {
        var what = $"{text.Address} could not be reached for {text.Call(request)}";
        switch (ConnectionStages.Of(cause))
        {
            // Nobody but the proxy was spoken to.
            case ConnectionStage.Name or ConnectionStage.Connect when text.Proxy is { } proxy:
                return Unreachable(
                    $"The proxy {proxy} on the way to {text.Address} could not be used for {text.Call(request)}: {Reason(cause, text)}",
                    cause,
                    text
                );
            case ConnectionStage.Name:
                return Unreachable($"{what}: no host of that name is known.", cause, text);
            case ConnectionStage.Connect:
                return Unreachable($"{what}: {Reason(cause, text)}", cause, text);
            case ConnectionStage.Tls when certificate.Problem is { } problem:
                return new ApiException(
                    ErrorIds.CertificateNotTrusted,
                    ErrorKind.Connection,
                    $"The certificate of {text.Address} is not trusted: {text.Redact(problem)}.",
                    "Have the authority that signed it added to this machine's trust store, check the host name in "
                        + $"{text.UriParameter}, or, knowing the risk, connect with -SkipCertificateCheck.",
                    cause
                );
            case ConnectionStage.Tls:
                return Unreachable(
                    $"{what}: no TLS connection could be agreed on. {Reason(cause, text)}",
                    cause,
                    text,
                    $"Check {text.UriParameter}: the port may speak http instead of https."
                );
            default:
                return new ApiException(
                    ErrorIds.HostUnreachable,
                    ErrorKind.Connection,
                    $"The connection to {text.Address} broke during {text.Call(request)}: {Reason(cause, text)}",
                    "Try again; if it happens often, look at the proxies and firewalls in between.",
                    cause
                )
                {
                    OutcomeUnknown = request.Effect != RequestEffect.Read,
                };
        }
    }

    /// <summary>An answer that began and did not arrive to its end, or is not the JSON it should be.</summary>
    public static ApiException BadBody(
        ApiRequest request,
        ApiResponse? response,
        int status,
        ErrorText text,
        Exception cause
    ) =>
        new(
            ErrorIds.ServerError,
            ErrorKind.Unavailable,
            $"The answer of {text.Product} at {text.Address} to {text.Call(request)} (HTTP {status}) "
                + (response is null ? "broke off before its end." : "is cut or is not JSON."),
            "Try again; if it happens often, look at the proxies in between.",
            // A JsonException names the place in the body, and so quotes it.
            cause is JsonException
                ? new InvalidDataException(text.Redact(cause.Message))
                : cause
        )
        {
            StatusCode = status,
            RequestId = text.RequestId(response),
            OutcomeUnknown = request.Effect != RequestEffect.Read,
        };

    /// <summary>
    /// Whether trying again soon is pointless: a name that does not exist, or a port that does not speak TLS, will be
    /// no different in a second.
    /// </summary>
    public static bool IsFinal(ApiException error) =>
        error.InnerException is { } cause
        && (ConnectionStages.Of(cause) == ConnectionStage.Name || cause.InnerException is AuthenticationException);

    private static ApiException Unreachable(string message, Exception cause, ErrorText text, string? advice = null) =>
        new(ErrorIds.HostUnreachable, ErrorKind.Connection, message, advice ?? Advice(text), cause);

    private static string Advice(ErrorText text) =>
        text.Proxy is not null
            ? $"Check the proxy, from -Proxy or, with -UseSystemProxy, the machine's own, and whether it lets {text.Address} through. It may want a user name and a "
                + "password: -Proxy http://user:password@proxy:port"
            : $"Check {text.UriParameter}, the network and, where one is needed, -Proxy or -UseSystemProxy.";

    private static string Reason(Exception cause, ErrorText text)
    {
        var innermost = cause;
        while (innermost.InnerException is not null)
            innermost = innermost.InnerException;
        return text.Quote(innermost.Message);
    }
}
