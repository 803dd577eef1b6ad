using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>Decides what a failed call means.</summary>
internal static class FailurePolicy
{
    public static FailureAction Judge(Exception exception) =>
        exception switch
        {
            ApiException { ErrorId: ErrorIds.InvestigationClosed } => FailureAction.Close,
            ApiException
            {
                ErrorId: ErrorIds.InvestigationNotFound or ErrorIds.ChannelNotFound or ErrorIds.ChannelArchived
            } => FailureAction.Pause,
            // No permission is missing: only this one post cannot be read or changed any more.
            ApiException { ErrorId: ErrorIds.PostHidden } => FailureAction.Fail,
            ApiException { Kind: ErrorKind.Authentication or ErrorKind.Permission or ErrorKind.NotFound } =>
                FailureAction.Pause,
            ApiException { OutcomeUnknown: true } => FailureAction.LookUp,
            ApiException { Kind: ErrorKind.Unavailable or ErrorKind.Timeout or ErrorKind.Connection } =>
                FailureAction.Retry,
            MattermostXsoarException { Kind: ErrorKind.Store } => FailureAction.Retry,
            ApiException => FailureAction.Fail,
            // The other side received only a part of the request, which has no effect.
            MattermostXsoarException { ErrorId: ErrorIds.FileUnavailable } => FailureAction.Retry,
            _ => FailureAction.Restart,
        };

    /// <summary>
    /// The same for a call that delivers a message. After an error that no rule foresees the message may have arrived.
    /// </summary>
    public static FailureAction JudgeDelivery(Exception exception) =>
        Judge(exception) is var action and not FailureAction.Restart ? action : FailureAction.LookUp;

    /// <summary>
    /// The same for a look-up before a message is sent: it changes nothing on the server, and nothing may be sent
    /// before it succeeds.
    /// </summary>
    public static FailureAction JudgeLookUp(Exception exception) =>
        Judge(exception) is var action and (FailureAction.Pause or FailureAction.Restart)
            ? action
            : FailureAction.Retry;

    /// <summary>
    /// Whether the cause of a failure may be the delivery itself: whatever a server does not explain, such as a web page
    /// of a firewall, an internal error or a connection that breaks. Not what holds up all deliveries alike: a refused
    /// token, a missing permission, an archived channel, a rate limit, the store.
    /// </summary>
    public static bool MayConcernOneDelivery(Exception exception) =>
        exception switch
        {
            ApiException
            {
                ErrorId: ErrorIds.RateLimited
                    or ErrorIds.InvestigationClosed
                    or ErrorIds.InvestigationNotFound
                    or ErrorIds.ChannelNotFound
                    or ErrorIds.ChannelArchived
            } => false,
            ApiException { ServerErrorId: not null } refused => Judge(refused) != FailureAction.Pause,
            MattermostXsoarException { Kind: ErrorKind.Store } => false,
            MattermostXsoarException { ErrorId: ErrorIds.NotConnected } => false,
            _ => true,
        };

    /// <summary>
    /// Whether the other side will never accept a file, or the file is gone: a note then replaces it.
    /// </summary>
    public static bool IsRefusedFile(MattermostXsoarException exception) =>
        exception.ErrorId is ErrorIds.FileTooLarge or ErrorIds.FileNotFound
        || (exception is ApiException && Judge(exception) == FailureAction.Fail);
}
