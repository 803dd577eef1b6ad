using MattermostXsoar.Core.Errors;
using Polly;
using Polly.Retry;

namespace MattermostXsoar.Core.Http;

/// <summary>When and how soon a request is tried again.</summary>
internal static class RetryPipeline
{
    public const int Tries = 4;

    public static readonly ResiliencePropertyKey<ApiCall> Call = new("MattermostXsoar.Call");

    public static ResiliencePipeline Create(ClientEnvironment environment) =>
        new ResiliencePipelineBuilder { TimeProvider = environment.TimeProvider }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = Tries - 1,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(15),
                    Randomizer = environment.Random,
                    ShouldHandle = static arguments => new ValueTask<bool>(
                        arguments.Outcome.Exception is ApiException error
                            && arguments.Context.Properties.TryGetValue(Call, out var call)
                            && MayRepeat(call, error)
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

    internal static bool MayRepeat(ApiCall call, ApiException error)
    {
        // A rate limit is applied before the server looks at the request, so even a post cannot be doubled by it.
        if (error.ErrorId == ErrorIds.RateLimited)
            return true;
        if (!call.Request.IsRepeatable)
            return false;
        return error.ErrorId switch
        {
            ErrorIds.ServerError => true,
            // The caller has waited the whole time limit already: once more, not three times.
            ErrorIds.RequestTimeout => call.Attempt == 1,
            ErrorIds.HostUnreachable when error.InnerException is OperationCanceledException => call.Attempt == 1,
            ErrorIds.HostUnreachable => !ConnectionFailures.IsFinal(error),
            _ => false,
        };
    }
}
