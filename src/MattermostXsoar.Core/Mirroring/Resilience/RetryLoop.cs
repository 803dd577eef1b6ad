using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// Repeats one part's work until it succeeds: judges each failure (<see cref="FailurePolicy"/>), reports it, and waits.
/// An error that no rule foresees is reported as such, and the part rests and begins anew, at growing intervals; it ends
/// neither the mirror nor the listener. Used by one task at a time.
/// </summary>
/// <remarks>
/// The wait grows from <see cref="Models.MirrorOptions.FirstRetry"/> to <see cref="Models.MirrorOptions.LongestRetry"/>
/// with jitter, is <see cref="Models.MirrorOptions.PausedRetry"/> where something outside has to change, at least
/// <see cref="Models.MirrorOptions.SettleTime"/> where a call may still take effect, and never less than the server's
/// Retry-After, up to <see cref="RetryAfter.Longest"/>.
/// </remarks>
internal sealed class RetryLoop
{
    private readonly MirrorRuntime _runtime;
    private readonly IRetryReporter _reporter;
    private readonly int? _maxAttempts;
    private readonly bool _reportsSuccess;
    private readonly Backoff _backoff;
    private readonly Backoff _restarts;
    private int _failures;

    /// <param name="runtime">Clock, chance and intervals.</param>
    /// <param name="reporter">Who shows people the failures.</param>
    /// <param name="maxAttempts">
    /// After so many failures in a row, or at once where something outside has to change, the loop gives up with
    /// <see cref="AttemptsExhaustedException"/>; null: never.
    /// </param>
    /// <param name="reportsSuccess">
    /// False where a try that does not fail may still find that something is wrong: then it reports its result itself.
    /// </param>
    public RetryLoop(
        MirrorRuntime runtime,
        IRetryReporter reporter,
        int? maxAttempts = null,
        bool reportsSuccess = true
    )
    {
        _reportsSuccess = reportsSuccess;
        _runtime = runtime;
        _reporter = reporter;
        _maxAttempts = maxAttempts;
        var options = runtime.Options;
        _backoff = new Backoff(options.FirstRetry, options.LongestRetry, runtime.Random);
        _restarts = new Backoff(options.FirstRestart, options.LongestRestart, runtime.Random);
    }

    /// <summary>How many tries have failed since the last success.</summary>
    public int Failures => _failures;

    /// <summary>Repeats <paramref name="attempt"/> until it succeeds.</summary>
    /// <param name="attempt">One try.</param>
    /// <param name="stopping">Ends the waits; a try has to listen to it itself.</param>
    /// <param name="judge">What a failure means; null for <see cref="FailurePolicy.Judge"/>.</param>
    /// <param name="waiting">Told of each wait before it begins.</param>
    /// <exception cref="AttemptsExhaustedException">The most tries that were allowed have failed.</exception>
    public Task RunAsync(
        Func<Task> attempt,
        CancellationToken stopping,
        Func<Exception, FailureAction>? judge = null,
        Action<FailureAction, Exception, TimeSpan>? waiting = null
    ) =>
        RunAsync<object?>(
            async () =>
            {
                await attempt().ConfigureAwait(false);
                return null;
            },
            stopping,
            judge,
            waiting
        );

    /// <inheritdoc cref="RunAsync(Func{Task}, CancellationToken, Func{Exception, FailureAction}?, Action{FailureAction, Exception, TimeSpan}?)"/>
    /// <returns>What the try that succeeded returned.</returns>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> attempt,
        CancellationToken stopping,
        Func<Exception, FailureAction>? judge = null,
        Action<FailureAction, Exception, TimeSpan>? waiting = null
    )
    {
        judge ??= FailurePolicy.Judge;
        while (true)
        {
            try
            {
                var result = await attempt().ConfigureAwait(false);
                if (Recovered() && _reportsSuccess)
                    await _reporter.SucceededAsync().ConfigureAwait(false);
                return result;
            }
            catch (Exception exception) when (!IsStop(exception, stopping))
            {
                await WaitAsync(judge(exception), exception, stopping, waiting).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does <paramref name="attempt"/> for ever, at an interval; a failed try is repeated sooner.</summary>
    public async Task RepeatAsync(Func<Task> attempt, TimeSpan interval, CancellationToken stopping)
    {
        while (true)
        {
            await RunAsync(attempt, stopping).ConfigureAwait(false);
            await _runtime.Time.Delay(interval, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>A try succeeded that the caller made itself.</summary>
    public Task SucceededAsync()
    {
        Recovered();
        return _reporter.SucceededAsync();
    }

    /// <summary>A try failed that the caller made itself: reports that, and waits until the next one is due.</summary>
    /// <param name="action">What the failure means.</param>
    /// <param name="exception">The error.</param>
    /// <param name="stopping">Ends the wait.</param>
    /// <param name="waiting">Told of the wait before it begins.</param>
    /// <exception cref="AttemptsExhaustedException">The most tries that were allowed have failed.</exception>
    public async Task WaitAsync(
        FailureAction action,
        Exception exception,
        CancellationToken stopping,
        Action<FailureAction, Exception, TimeSpan>? waiting = null
    )
    {
        _failures++;
        await _reporter.FailedAsync(action, exception).ConfigureAwait(false);
        if (_maxAttempts is { } most && (_failures >= most || action is FailureAction.Pause or FailureAction.Close))
            throw new AttemptsExhaustedException(exception);
        var wait = WaitAfter(action, exception);
        waiting?.Invoke(action, exception, wait);
        await _runtime.Time.Delay(wait, stopping).ConfigureAwait(false);
    }

    /// <summary>Whether the exception is the end that was asked for, and no failure.</summary>
    public static bool IsStop(Exception exception, CancellationToken stopping) =>
        exception is OperationCanceledException && (stopping.CanBeCanceled || stopping.IsCancellationRequested);

    // The next failure counts as the first. True when there were any.
    private bool Recovered()
    {
        if (_failures == 0)
            return false;
        _failures = 0;
        _backoff.Reset();
        _restarts.Reset();
        return true;
    }

    private TimeSpan WaitAfter(FailureAction action, Exception exception)
    {
        var options = _runtime.Options;
        var wait = action switch
        {
            FailureAction.Pause or FailureAction.Close => options.PausedRetry,
            FailureAction.Restart => _restarts.Next(),
            FailureAction.LookUp => Longer(_backoff.Next(), options.SettleTime),
            _ => _backoff.Next(),
        };
        // Not for hours: the server may be back sooner than it said.
        return exception is ApiException { RetryAfter: { } asked }
            ? Longer(wait, asked < RetryAfter.Longest ? asked : RetryAfter.Longest)
            : wait;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
