namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>Shows the results of a part's tries in the health of its mirror.</summary>
/// <param name="health">The mirror's health.</param>
/// <param name="part">The part.</param>
/// <param name="mask">Removes from an error's text what people may not see; null for nothing.</param>
internal sealed class HealthReporter(MirrorHealth health, MirrorPart part, Func<string, Exception, string>? mask = null)
    : IRetryReporter
{
    public Task SucceededAsync() => health.SucceededAsync(part);

    public Task FailedAsync(FailureAction action, Exception exception) =>
        action switch
        {
            FailureAction.Pause or FailureAction.Close => health.PausedAsync(part, exception, mask),
            FailureAction.Restart => health.RestartingAsync(part, exception, mask),
            _ => health.RetryingAsync(part, exception, mask),
        };
}
