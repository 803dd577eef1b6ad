namespace MattermostXsoar.Core.Http;

/// <summary>One try of a request, for verbose output and logs. Holds no secret.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its query, redacted.</param>
/// <param name="Status">The HTTP status, or null when no answer came.</param>
/// <param name="Duration">From sending to the end of the body.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Error">What went wrong, redacted; null for an answer that was understood.</param>
internal sealed record HttpCallRecord(
    string Method,
    string Path,
    int? Status,
    TimeSpan Duration,
    int Attempt,
    string? Error
);
