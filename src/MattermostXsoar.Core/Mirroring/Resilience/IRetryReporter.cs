namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>Shows people the results of a <see cref="RetryLoop"/>'s tries.</summary>
internal interface IRetryReporter
{
    /// <summary>A try succeeded: whatever was reported before is over.</summary>
    Task SucceededAsync();

    /// <summary>A try failed and will be repeated.</summary>
    /// <param name="action">What the failure means.</param>
    /// <param name="exception">The error.</param>
    Task FailedAsync(FailureAction action, Exception exception);
}
