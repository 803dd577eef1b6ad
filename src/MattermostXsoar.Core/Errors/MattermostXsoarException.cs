namespace MattermostXsoar.Core.Errors;

/// <summary>
/// An error with everything that people need: what happened and to what (<see cref="Exception.Message"/>), a stable id,
/// a kind, and what to do next (<see cref="Advice"/>). Never contains a token.
/// </summary>
public class MattermostXsoarException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">What happened, to what, and why; one or two sentences.</param>
    /// <param name="advice">What to do next, or null if there is no advice.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public MattermostXsoarException(
        string errorId,
        ErrorKind kind,
        string message,
        string? advice = null,
        Exception? innerException = null
    )
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
        Advice = advice;
    }

    /// <summary>The stable identifier, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What to do next, or null.</summary>
    public string? Advice { get; }
}
