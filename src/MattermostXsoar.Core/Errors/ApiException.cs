namespace MattermostXsoar.Core.Errors;

/// <summary>An error of an HTTP call to Mattermost or XSOAR.</summary>
public sealed class ApiException : MattermostXsoarException
{
    /// <summary>Creates an error of an HTTP call.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">What happened, to what, and why.</param>
    /// <param name="advice">What to do next, or null.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public ApiException(
        string errorId,
        ErrorKind kind,
        string message,
        string? advice = null,
        Exception? innerException = null
    )
        : base(errorId, kind, message, advice, innerException) { }

    /// <summary>The HTTP status, or null if no response arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// The server's own error id, e.g. <c>app.channel.get_by_name.missing.app_error</c>; null if it sent none.
    /// </summary>
    public string? ServerErrorId { get; init; }

    /// <summary>The server's id of this request, for its administrator's logs; null if it sent none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the server asked to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The server's own words, as the message quotes them: only they can repeat what was sent. Null if the message was
    /// not made of an error of the API.
    /// </summary>
    internal string? ServerWords { get; init; }

    /// <summary>
    /// True if the server may have acted on the request although no valid response arrived: after a time-out, a lost
    /// connection, an incomplete body or a gateway's 5xx. The result of such a request is looked up before it is
    /// repeated.
    /// </summary>
    public bool OutcomeUnknown { get; init; }
}
