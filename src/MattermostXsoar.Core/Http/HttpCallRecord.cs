namespace MattermostXsoar.Core.Http;

/// <summary>One attempt of a request, for verbose output and logs. Contains no secret.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its query, redacted.</param>
/// <param name="Status">The HTTP status, or null when no response arrived.</param>
/// <param name="Duration">From sending to the end of the body.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Error">The error, redacted; null for a valid response.</param>
internal sealed record HttpCallRecord(
    string Method,
    string Path,
    int? Status,
    TimeSpan Duration,
    int Attempt,
    string? Error
);
