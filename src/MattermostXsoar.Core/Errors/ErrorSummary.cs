namespace MattermostXsoar.Core.Errors;

/// <summary>An error as one line for people: what happened and, where there is advice, what to do.</summary>
internal static class ErrorSummary
{
    /// <summary>The error's message, with its advice behind it.</summary>
    public static string Of(Exception exception) =>
        exception is MattermostXsoarException { Advice: { Length: > 0 } advice }
            ? $"{exception.Message} {advice}"
            : exception.Message;
}
