using System.Management.Automation;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Errors;

/// <summary>The one place where the module's errors become PowerShell's.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord Create(MattermostXsoarException error, object? target)
    {
        var record = new ErrorRecord(error, error.ErrorId, Category(error), target);
        if (Advice(error) is { } advice)
            record.ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice };
        return record;
    }

    // "Try again" alone would have a message posted twice.
    private static string? Advice(MattermostXsoarException error) => error is ApiException { OutcomeUnknown: true }
        ? $"It may have been done all the same: look first. {error.Advice}".TrimEnd()
        : error.Advice;

    private static ErrorCategory Category(MattermostXsoarException error) => error.Kind switch
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
