using System.Management.Automation;
using MattermostXsoar.Core.Display;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Errors;

/// <summary>Turns the module's errors into error records of PowerShell.</summary>
internal static class ErrorRecords
{
    /// <summary>Creates the record of an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">The item that failed, unless the error names another (<see cref="FailedItem"/>).</param>
    /// <param name="redactor">
    /// Masks the session's tokens: one that was given instead of a name appears neither in the text nor as the target.
    /// Null if there is no session yet.
    /// </param>
    public static ErrorRecord Create(MattermostXsoarException error, object? target, SecretRedactor? redactor)
    {
        target = FailedItem.Of(error) ?? target;
        error = Shown(error, redactor);
        // As PowerShell displays it: a list by its items.
        var name = target is null ? null : LanguagePrimitives.ConvertTo<string>(target);
        if (name is not null && redactor?.Redact(name) is { } masked && masked != name)
            target = name = masked;

        var record = new ErrorRecord(error, error.ErrorId, Category(error), target);
        record.CategoryInfo.TargetName = VisibleText.Of(name);
        if (Advice(error) is { } advice)
            record.ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice };
        return record;
    }

    private static MattermostXsoarException Shown(MattermostXsoarException error, SecretRedactor? redactor)
    {
        string Mask(string text) => redactor?.Redact(text) ?? text;

        var message = VisibleText.Of(Mask(error.Message));
        var advice = error.Advice is { } text ? VisibleText.Of(Mask(text)) : null;
        // The cause and its inner exceptions are in the error's text already.
        var whole = error.ToString();
        if (message == error.Message && advice == error.Advice && VisibleText.Lines(Mask(whole)) == whole)
            return error;
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

    // With "Try again" alone a message could be posted twice.
    private static string? Advice(MattermostXsoarException error) =>
        error is ApiException { OutcomeUnknown: true }
            ? $"The server may have done it all the same: check first. {error.Advice}".TrimEnd()
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
