using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Errors as the clients and the store report them: one for each thing that a failure may mean.</summary>
internal static class TestErrors
{
    /// <summary>The server is busy: it did nothing, and the call may be repeated.</summary>
    public static ApiException Busy => BusyFor(null);

    /// <summary>The connection broke: the server may have done what it was asked.</summary>
    public static ApiException Lost =>
        new(ErrorIds.HostUnreachable, ErrorKind.Connection, "The connection broke.") { OutcomeUnknown = true };

    /// <summary>The server was silent: it may do what it was asked yet.</summary>
    public static ApiException TimedOut =>
        new(ErrorIds.RequestTimeout, ErrorKind.Timeout, "No answer came.") { OutcomeUnknown = true };

    /// <summary>Somebody has to give the account a right first.</summary>
    public static ApiException Forbidden => ForbiddenFor(null);

    /// <summary>The investigation takes no more entries.</summary>
    public static ApiException Closed =>
        new(ErrorIds.InvestigationClosed, ErrorKind.InvalidOperation, "The investigation is closed.");

    /// <summary>The server will never accept it.</summary>
    public static ApiException Refused =>
        new(ErrorIds.InvalidRequest, ErrorKind.InvalidArgument, "That is not accepted.", "Make it shorter.");

    /// <summary>The other server sent a file, but not to its end.</summary>
    public static MattermostXsoarException CutFile =>
        new(ErrorIds.FileUnavailable, ErrorKind.InvalidOperation, "The file ended too early.");

    /// <summary>No rule foresees it.</summary>
    public static Exception Unexpected => new InvalidOperationException("Nobody foresaw this.");

    public static ApiException BusyFor(TimeSpan? retryAfter) =>
        new(ErrorIds.ServerError, ErrorKind.Unavailable, "The server is busy.") { RetryAfter = retryAfter };

    public static ApiException ForbiddenFor(TimeSpan? retryAfter) =>
        new(ErrorIds.PermissionDenied, ErrorKind.Permission, "The account may not do that.")
        {
            RetryAfter = retryAfter,
        };
}
