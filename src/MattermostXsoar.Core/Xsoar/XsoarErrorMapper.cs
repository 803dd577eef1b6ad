using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>
/// Reads XSOAR's error responses: <c>{"id","status","title","detail","error",…}</c>, or only a status.
/// </summary>
internal sealed class XsoarErrorMapper : IApiErrorMapper
{
    private readonly bool _hasKeyId;

    public XsoarErrorMapper(bool hasKeyId) => _hasKeyId = hasKeyId;

    public string Product => "XSOAR";

    public string UriParameter => "-XsoarUri";

    public string WrongHostAdvice => Advice(_hasKeyId);

    public static string Advice(bool hasKeyId) =>
        hasKeyId
            ? "Check -XsoarUri: the API of XSOAR 8 is at https://api-<tenant>, not at the address of its web pages. "
                + "For XSOAR 6 omit -XsoarApiKeyId."
            : "Check -XsoarUri: it is the server's address, without the path of a page. The API of XSOAR 8 is at "
                + "https://api-<tenant> and needs -XsoarApiKeyId as well.";

    public ApiException? Map(ApiRequest request, ApiResponse response, ErrorText text)
    {
        var error = Read(response.Body);
        if (error is null && (response.LooksLikeHtml || response.Status is not (400 or 401 or 403 or 412)))
            return null;
        if (Describe(request, response.Status, error, text) is not { } description)
            return null;
        return new ApiException(
            description.ErrorId,
            description.Kind,
            text.Redact($"{description.Message} {text.Trace(request, response)}"),
            description.Advice
        )
        {
            StatusCode = response.Status,
            ServerWords = error is null ? null : text.Quote(Words(error)),
            ServerErrorId = error?.Id is { Length: > 0 } id ? text.Redact(id) : null,
            RequestId = text.RequestId(response),
            RetryAfter = response.Status == 503 ? RetryAfter.Read(response, text.Now) : null,
            OutcomeUnknown = response.Status >= 500 && response.Status != 501 && request.Effect != RequestEffect.Read,
        };
    }

    private static XsoarError? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, XsoarJson.Default.XsoarError);
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return null;
        }
    }

    private ErrorDescription? Describe(ApiRequest request, int status, XsoarError? error, ErrorText text)
    {
        var words = text.Quote(Words(error));
        return status switch
        {
            401 => InvalidKey(words),
            // 6.x answers an unknown key with 403 and an error about CSRF: it treats the caller as a browser.
            403 when IsUnknownKey(error) => InvalidKey(words),
            403 => new ErrorDescription(
                ErrorIds.PermissionDenied,
                ErrorKind.Permission,
                $"XSOAR refuses this to the API key's role: {words}",
                "Give the API key a role that may read and write investigations, e.g. Instance Administrator, and "
                    + "access to this one."
            ),
            412 => new ErrorDescription(
                ErrorIds.InvestigationClosed,
                ErrorKind.InvalidOperation,
                $"The investigation '{request.Subject}' is closed: {words}",
                "Reopen it in XSOAR to add entries to its War Room again."
            ),
            400 or 404 when request.Kind == ResourceKind.File && error is not null => new ErrorDescription(
                ErrorIds.FileNotFound,
                ErrorKind.NotFound,
                $"There is no file of the entry '{request.Subject}': {words}",
                "Check the entry's id, e.g. 96@1234, and that it is the entry of a file."
            ),
            400 when IsNoInvestigation(request, error) => new ErrorDescription(
                ErrorIds.InvestigationNotFound,
                ErrorKind.NotFound,
                $"There is no investigation '{request.Subject}' in XSOAR: {words}",
                "Check the id. A pending incident has no investigation yet: open it in XSOAR first."
            ),
            >= 500 => new ErrorDescription(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"XSOAR reported an internal error: {words}",
                "Try again; if it happens again, ask the server's administrator to check its log."
            ),
            404 or 405 => null,
            _ => new ErrorDescription(
                ErrorIds.InvalidRequest,
                ErrorKind.InvalidArgument,
                $"XSOAR does not accept this: {words}",
                null
            ),
        };
    }

    private ErrorDescription InvalidKey(string words) =>
        new(
            ErrorIds.InvalidXsoarKey,
            ErrorKind.Authentication,
            $"XSOAR does not accept the API key: {words}",
            _hasKeyId
                ? "Check that -XsoarApiKey and -XsoarApiKeyId belong together, that the key is a Standard key and that "
                    + "it has not expired."
                : "Check -XsoarApiKey; for XSOAR 8 give -XsoarApiKeyId as well."
        );

    private static bool IsUnknownKey(XsoarError? error) =>
        error is null
        || Words(error).Contains("CSRF", StringComparison.OrdinalIgnoreCase)
        || Words(error).Contains("cookie", StringComparison.OrdinalIgnoreCase);

    private static bool IsNoInvestigation(ApiRequest request, XsoarError? error) =>
        request.Kind == ResourceKind.Investigation
        && (
            string.Equals(error?.Id, "noInv", StringComparison.OrdinalIgnoreCase)
            || Words(error).Contains("could not find investigation", StringComparison.OrdinalIgnoreCase)
        );

    private static string Words(XsoarError? error)
    {
        var parts = new[]
        {
            error?.Detail ?? error?.Title,
            error is { Error.ValueKind: JsonValueKind.String } ? error.Error.TextOrEmpty() : null,
            error is { Reply.ValueKind: JsonValueKind.Object } && error.Reply.TryGetProperty("err_msg", out var message)
                ? message.TextOrEmpty()
                : null,
        };
        // The two texts often differ only in a full stop.
        return string.Join(
            ": ",
            parts
                .Where(part => !string.IsNullOrWhiteSpace(part))
                .Select(part => part!.Trim().TrimEnd('.'))
                .Distinct(StringComparer.OrdinalIgnoreCase)
        );
    }
}
