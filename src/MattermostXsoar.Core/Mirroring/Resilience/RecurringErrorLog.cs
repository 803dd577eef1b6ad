using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// Logs an error that recurs at every try until it passes: when it begins, when it changes, and when it is over; each
/// further try only for those who read the verbose log.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="time">Measures how long it lasted.</param>
/// <param name="what">The log's event, one of <see cref="ListenerLogEvents"/>.</param>
/// <param name="level">How much it matters.</param>
/// <param name="mirror">Which mirror it concerns; null for the listener as a whole.</param>
internal sealed class RecurringErrorLog(
    ListenerLog log,
    TimeProvider time,
    string what,
    ListenerLogLevel level,
    Func<MirrorKey>? mirror = null
) : IRetryReporter
{
    private readonly object _lock = new();
    private string? _reported;
    private long _since;

    /// <summary>A try failed.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="message">The message; null for the error's own.</param>
    public void Report(Exception exception, string? message = null)
    {
        if (exception is MattermostXsoarException { Kind: ErrorKind.Store })
            MirrorMetrics.StoreFailed();
        message ??= ErrorSummary.Of(exception);
        bool isNew;
        lock (_lock)
        {
            if (_reported is null)
                _since = time.GetTimestamp();
            isNew = _reported != message;
            _reported = message;
        }

        if (isNew || log.IsVerbose)
        {
            log.Write(
                isNew ? level : ListenerLogLevel.Verbose,
                what,
                message,
                mirror?.Invoke(),
                new() { Error = exception }
            );
        }
    }

    /// <summary>A try succeeded.</summary>
    public void Resolve()
    {
        if (Volatile.Read(ref _reported) is null)
            return;
        TimeSpan duration;
        lock (_lock)
        {
            _reported = null;
            duration = time.GetElapsedTime(_since);
        }

        log.Information(
            ListenerLogEvents.Recovered,
            $"The problem reported as {what} is over.",
            mirror?.Invoke(),
            new() { Duration = duration }
        );
    }

    public Task SucceededAsync()
    {
        Resolve();
        return Task.CompletedTask;
    }

    public Task FailedAsync(FailureAction action, Exception exception)
    {
        if (action != FailureAction.Restart)
        {
            Report(exception);
            return Task.CompletedTask;
        }

        // Each time: whether it is the same error as before is not known.
        log.Error(
            ListenerLogEvents.UnexpectedError,
            $"{what}: {exception.GetType().Name}: {exception.Message}",
            mirror?.Invoke(),
            new() { Error = exception }
        );
        return Task.CompletedTask;
    }
}
