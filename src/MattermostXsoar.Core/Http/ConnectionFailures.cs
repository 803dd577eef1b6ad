using System.Security.Authentication;
using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>The errors for a response that did not arrive, or not completely.</summary>
internal static class ConnectionFailures
{
    public static ApiException Timeout(ApiRequest request, ErrorText text, TimeSpan limit, Exception cause) =>
        new(
            ErrorIds.RequestTimeout,
            ErrorKind.Timeout,
            $"{text.Product} at {text.Address} did not answer {text.Call(request)} within "
                + $"{limit.TotalSeconds:0.###} s.",
            "Try again; if the server is known to be slow, connect with a longer -TimeoutSec.",
            cause
        )
        {
            OutcomeUnknown = request.Effect != RequestEffect.Read,
        };

    /// <summary>A file transfer without progress for the whole time limit.</summary>
    public static ApiException Stalled(ApiRequest request, ErrorText text, TimeSpan limit, Exception cause) =>
        new(
            ErrorIds.RequestTimeout,
            ErrorKind.Timeout,
            $"{text.Product} at {text.Address} neither received nor sent anything for "
                + $"{limit.TotalSeconds:0.###} s during {text.Call(request)}.",
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
                ? $"The proxy {proxy} for {text.Address} could not be reached for {text.Call(request)}: "
                    + "it does not accept the connection."
                : $"{text.Address} could not be reached for {text.Call(request)}: it does not accept the connection.",
            Advice(text),
            cause
        );

    public static ApiException Create(ApiRequest request, ErrorText text, CertificateCheck certificate, Exception cause)
    {
        var what = $"{text.Address} could not be reached for {text.Call(request)}";
        switch (ConnectionStages.Of(cause))
        {
            // Only the proxy was contacted.
            case ConnectionStage.Name or ConnectionStage.Connect when text.Proxy is { } proxy:
                return Unreachable(
                    $"The proxy {proxy} for {text.Address} could not be used for {text.Call(request)}: "
                        + Reason(cause, text),
                    cause,
                    text
                );
            case ConnectionStage.Name:
                return Unreachable($"{what}: the host name cannot be resolved.", cause, text);
            case ConnectionStage.Connect:
                return Unreachable($"{what}: {Reason(cause, text)}", cause, text);
            case ConnectionStage.Tls when certificate.Problem is { } problem:
                return new ApiException(
                    ErrorIds.CertificateNotTrusted,
                    ErrorKind.Connection,
                    $"The certificate of {text.Address} is not trusted: {text.Redact(problem)}.",
                    "Add the authority that signed it to this machine's trust store, check the host name in "
                        + $"{text.UriParameter}, or accept the risk and connect with -SkipCertificateCheck.",
                    cause
                );
            case ConnectionStage.Tls:
                return Unreachable(
                    $"{what}: no TLS connection could be established. {Reason(cause, text)}",
                    cause,
                    text,
                    $"Check {text.UriParameter}: the port may speak http instead of https."
                );
            default:
                return new ApiException(
                    ErrorIds.HostUnreachable,
                    ErrorKind.Connection,
                    $"The connection to {text.Address} was lost during {text.Call(request)}: {Reason(cause, text)}",
                    "Try again; if it happens often, check the proxies and firewalls in between.",
                    cause
                )
                {
                    OutcomeUnknown = request.Effect != RequestEffect.Read,
                };
        }
    }

    /// <summary>A response that was cut off, or is not the JSON it should be.</summary>
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
                + (response is null ? "was cut off." : "is incomplete or is not JSON."),
            "Try again; if it happens often, check the proxies in between.",
            // The message of a JsonException quotes a part of the body.
            cause is JsonException
                ? new InvalidDataException(text.Redact(cause.Message))
                : cause
        )
        {
            StatusCode = status,
            RequestId = text.RequestId(response),
            OutcomeUnknown = request.Effect != RequestEffect.Read,
        };

    /// <summary>An answer that does not end where the longest of its kind does. It was not read further.</summary>
    public static ApiException TooLarge(ApiRequest request, int status, ErrorText text, int limit) =>
        new(
            ErrorIds.WrongHost,
            ErrorKind.Connection,
            $"{text.Address} answered {text.Call(request)} (HTTP {status}) with more than {limit / (1024 * 1024)} MB, "
                + $"which {text.Product} never sends; the rest was not read.",
            $"Check {text.UriParameter} and the proxies in between: something else than {text.Product} may answer there."
        )
        {
            StatusCode = status,
            OutcomeUnknown = request.Effect != RequestEffect.Read,
        };

    /// <summary>
    /// Whether an immediate retry is pointless: a host name that cannot be resolved, or a port without TLS, will not
    /// change within a second.
    /// </summary>
    public static bool IsFinal(ApiException error) =>
        error.InnerException is { } cause
        && (ConnectionStages.Of(cause) == ConnectionStage.Name || cause.InnerException is AuthenticationException);

    private static ApiException Unreachable(string message, Exception cause, ErrorText text, string? advice = null) =>
        new(ErrorIds.HostUnreachable, ErrorKind.Connection, message, advice ?? Advice(text), cause);

    private static string Advice(ErrorText text) =>
        text.Proxy is not null
            ? "Check the proxy (of -Proxy or, with -UseSystemProxy, of this machine) and whether it allows "
                + $"{text.Address}. It may require a user name and a password: -Proxy http://user:password@proxy:port"
            : $"Check {text.UriParameter}, the network and, if a proxy is needed, -Proxy or -UseSystemProxy.";

    private static string Reason(Exception cause, ErrorText text)
    {
        var innermost = cause;
        while (innermost.InnerException is not null)
            innermost = innermost.InnerException;
        return text.Quote(innermost.Message);
    }
}
