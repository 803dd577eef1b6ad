namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>Ends a <see cref="RetryLoop"/> that may not try for ever; the cause is the error of the last try.</summary>
internal sealed class AttemptsExhaustedException(Exception cause) : Exception(cause.Message, cause);
