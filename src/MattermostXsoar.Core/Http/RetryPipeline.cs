using MattermostXsoar.Core.Errors;
using Polly;
using Polly.Retry;

namespace MattermostXsoar.Core.Http;

/// <summary>When, and after what delay, a request is retried.</summary>
internal static class RetryPipeline
{
    public const int Attempts = 4;

    public static readonly ResiliencePropertyKey<ApiCall> Call = new("MattermostXsoar.Call");

    public static ResiliencePipeline Create(ClientEnvironment environment) =>
        new ResiliencePipelineBuilder { TimeProvider = environment.TimeProvider }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = Attempts - 1,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(15),
                    Randomizer = environment.Random,
                    ShouldHandle = static arguments => new ValueTask<bool>(
                        arguments.Outcome.Exception is ApiException error
                            && arguments.Context.Properties.TryGetValue(Call, out var call)
                            && ShouldRetry(call, error)
                    ),
                    DelayGenerator = static arguments => new ValueTask<TimeSpan?>(
                        arguments.Outcome.Exception is ApiException { RetryAfter: { } wait }
                            ? wait < RetryAfter.Longest
                                ? wait
                                : RetryAfter.Longest
                            : null
                    ),
                }
            )
            .Build();

    internal static bool ShouldRetry(ApiCall call, ApiException error)
    {
        // The server applies the rate limit before it handles a request, so that a retry cannot create a second post.
        if (error.ErrorId == ErrorIds.RateLimited)
            return true;
        if (!call.Request.IsRepeatable)
            return false;
        return error.ErrorId switch
        {
            ErrorIds.ServerError => true,
            // The caller has waited for the whole time limit already: one retry, not three.
            ErrorIds.RequestTimeout => call.Attempt == 1,
            ErrorIds.HostUnreachable when error.InnerException is OperationCanceledException => call.Attempt == 1,
            ErrorIds.HostUnreachable => !ConnectionFailures.IsFinal(error),
            _ => false,
        };
    }
}
