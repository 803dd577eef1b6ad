using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Errors;

/// <summary>The one place where the module's errors become PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the record of an error.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="target">The item that failed.</param>
    /// <param name="redactor">
    /// Knows the session's tokens: one that was given in the place of a name is said neither in the text nor as the
    /// target. Null where there is no session yet.
    /// </param>
    public static ErrorRecord Create(MattermostXsoarException error, object? target, SecretRedactor? redactor)
    {
        if (redactor is not null)
        {
            error = Redacted(error, redactor);
            // As PowerShell shows it: a list by its items.
            if (
                target is not null
                && LanguagePrimitives.ConvertTo<string>(target) is { } name
                && redactor.Redact(name) is var shown
                && shown != name
            )
                target = shown;
        }

        var record = new ErrorRecord(error, error.ErrorId, Category(error), target);
        if (Advice(error) is { } advice)
            record.ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice };
        return record;
    }

    private static MattermostXsoarException Redacted(MattermostXsoarException error, SecretRedactor redactor)
    {
        // What it was caused by is in the error's text, and so are the exceptions behind that one.
        var whole = error.ToString();
        if (redactor.Redact(whole) == whole && (error.Advice is null || redactor.Redact(error.Advice) == error.Advice))
            return error;
        var message = redactor.Redact(error.Message);
        var advice = error.Advice is { } text ? redactor.Redact(text) : null;
        return error is ApiException api
            ? new ApiException(api.ErrorId, api.Kind, message, advice)
            {
                StatusCode = api.StatusCode,
                ServerErrorId = api.ServerErrorId,
                RequestId = api.RequestId,
                RetryAfter = api.RetryAfter,
                OutcomeUnknown = api.OutcomeUnknown,
            }
            : new MattermostXsoarException(error.ErrorId, error.Kind, message, advice);
    }

    // "Try again" alone would have a message posted twice.
    private static string? Advice(MattermostXsoarException error) =>
        error is ApiException { OutcomeUnknown: true }
            ? $"It may have been done all the same: look first. {error.Advice}".TrimEnd()
            : error.Advice;

    private static ErrorCategory Category(MattermostXsoarException error) =>
        error.Kind switch
        {
            ErrorKind.Authentication => ErrorCategory.AuthenticationError,
            ErrorKind.Permission => ErrorCategory.PermissionDenied,
            ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
            ErrorKind.Exists => ErrorCategory.ResourceExists,
            ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
            ErrorKind.Timeout => ErrorCategory.OperationTimeout,
            ErrorKind.Connection => ErrorCategory.ConnectionError,
            ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
            ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
            ErrorKind.NotImplemented => ErrorCategory.NotImplemented,
            ErrorKind.Store when error.ErrorId == ErrorIds.StoreUnavailable => ErrorCategory.OpenError,
            ErrorKind.Store => ErrorCategory.InvalidData,
            _ => ErrorCategory.NotSpecified,
        };
}
