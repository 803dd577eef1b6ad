using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>Reads XSOAR's refusals: <c>{"id","status","title","detail","error",…}</c>, or nothing but a
/// status.</summary>
internal sealed class XsoarErrorMapper : IApiErrorMapper
{
    private readonly bool _hasKeyId;

    public XsoarErrorMapper(bool hasKeyId) => _hasKeyId = hasKeyId;

    public string Product => "XSOAR";

    public string UriParameter => "-XsoarUri";

    public string WrongHostAdvice => Advice(_hasKeyId);

    public static string Advice(bool hasKeyId) =>
        hasKeyId
            ? "Check -XsoarUri: XSOAR 8 answers its API at https://api-<tenant>, not at the address of its web pages. For XSOAR 6 "
                + "leave -XsoarApiKeyId out."
            : "Check -XsoarUri: it is the server's address, without the path of a page. XSOAR 8 answers its API at "
                + "https://api-<tenant> and needs -XsoarApiKeyId as well.";

    public ApiException? Map(ApiRequest request, ApiResponse response, ErrorText text)
    {
        var error = Read(response.Body);
        if (error is null && (response.LooksLikeHtml || response.Status is not (400 or 401 or 403 or 412)))
            return null;
        if (Judge(request, response.Status, error, text) is not { } verdict)
            return null;
        return new ApiException(
            verdict.ErrorId,
            verdict.Kind,
            text.Redact($"{verdict.Message} {text.Trace(request, response)}"),
            verdict.Advice
        )
        {
            StatusCode = response.Status,
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
        catch (JsonException)
        {
            return null;
        }
    }

    private ErrorDescription? Judge(ApiRequest request, int status, XsoarError? error, ErrorText text)
    {
        var words = text.Quote(Words(error));
        return status switch
        {
            401 => InvalidKey(words),
            // 6.x answers an unknown key with 403 and talks of CSRF: it takes the caller for a browser.
            403 when IsUnknownKey(error) => InvalidKey(words),
            403 => new ErrorDescription(
                ErrorIds.PermissionDenied,
                ErrorKind.Permission,
                $"XSOAR refuses the API key's role: {words}",
                "Give the API key a role that may read and write investigations, e.g. Instance Administrator, and access to this one."
            ),
            412 => new ErrorDescription(
                ErrorIds.InvestigationClosed,
                ErrorKind.InvalidOperation,
                $"The investigation '{request.Subject}' is closed: {words}",
                "Reopen it in XSOAR to write to its War Room again."
            ),
            400 or 404 when request.Kind == ResourceKind.File && error is not null => new ErrorDescription(
                ErrorIds.FileNotFound,
                ErrorKind.NotFound,
                $"XSOAR has no file of the entry '{request.Subject}': {words}",
                "Check the entry's id, e.g. 96@1234, and that it is the entry of a file."
            ),
            400 when IsNoInvestigation(request, error) => new ErrorDescription(
                ErrorIds.InvestigationNotFound,
                ErrorKind.NotFound,
                $"XSOAR has no investigation '{request.Subject}': {words}",
                "Check the id. A pending incident has no investigation yet: open it in XSOAR first."
            ),
            >= 500 => new ErrorDescription(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"XSOAR failed: {words}",
                "Try again; if it goes on, ask the server's administrator what its log says."
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
                ? "Check -XsoarApiKey and -XsoarApiKeyId: they belong together, the key is of the Standard kind, and it has not expired."
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
            error is { Error.ValueKind: JsonValueKind.String } ? error.Error.GetString() : null,
        };
        // The server often says the same in both, but for a full stop.
        return string.Join(
            ": ",
            parts
                .Where(part => !string.IsNullOrWhiteSpace(part))
                .Select(part => part!.Trim().TrimEnd('.'))
                .Distinct(StringComparer.OrdinalIgnoreCase)
        );
    }
}
