using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>Decides what a failed call means.</summary>
internal static class FailurePolicy
{
    public static FailureVerdict Judge(Exception exception) => exception switch
    {
        ApiException { ErrorId: ErrorIds.InvestigationClosed } => FailureVerdict.Close,
        ApiException { ErrorId: ErrorIds.InvestigationNotFound or ErrorIds.ChannelNotFound or ErrorIds.ChannelArchived } => FailureVerdict.Pause,
        ApiException { Kind: ErrorKind.Authentication or ErrorKind.Permission or ErrorKind.NotFound } => FailureVerdict.Pause,
        ApiException { OutcomeUnknown: true } => FailureVerdict.LookUp,
        ApiException { Kind: ErrorKind.Unavailable or ErrorKind.Timeout or ErrorKind.Connection } => FailureVerdict.Retry,
        MattermostXsoarException { Kind: ErrorKind.Store } => FailureVerdict.Retry,
        ApiException => FailureVerdict.Fail,
        // What we did not foresee may have happened after the line was taken.
        _ => FailureVerdict.LookUp,
    };

    /// <summary>Whether a file will never be taken by the other side, or is gone: then that is said in its stead.</summary>
    public static bool IsRefusedFile(MattermostXsoarException exception) =>
        exception.ErrorId is ErrorIds.FileTooLarge or ErrorIds.FileNotFound
        || (exception is ApiException && Judge(exception) == FailureVerdict.Fail);

    /// <summary>What happened and what to do, in one line, for a mirror's Reason and LastError.</summary>
    public static string Explain(Exception exception) => exception is MattermostXsoarException { Advice: { Length: > 0 } advice }
        ? $"{exception.Message} {advice}"
        : exception.Message;
}
