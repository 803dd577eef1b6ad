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
            ApiException { Kind: ErrorKind.Authentication or ErrorKind.Permission or ErrorKind.NotFound } =>
                FailureAction.Pause,
            ApiException { OutcomeUnknown: true } => FailureAction.LookUp,
            ApiException { Kind: ErrorKind.Unavailable or ErrorKind.Timeout or ErrorKind.Connection } =>
                FailureAction.Retry,
            MattermostXsoarException { Kind: ErrorKind.Store } => FailureAction.Retry,
            ApiException => FailureAction.Fail,
            // What we did not foresee may have happened after the line was taken.
            _ => FailureAction.LookUp,
        };

    /// <summary>Whether a file will never be taken by the other side, or is gone: then that is said in its
    /// stead.</summary>
    public static bool IsRefusedFile(MattermostXsoarException exception) =>
        exception.ErrorId is ErrorIds.FileTooLarge or ErrorIds.FileNotFound
        || (exception is ApiException && Judge(exception) == FailureAction.Fail);

    /// <summary>What happened and what to do, in one line, for a mirror's Reason and LastError.</summary>
    public static string Explain(Exception exception) =>
        exception is MattermostXsoarException { Advice: { Length: > 0 } advice }
            ? $"{exception.Message} {advice}"
            : exception.Message;
}
