using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>A trouble that is met at every try until it passes: told when it begins and when it changes, and when it is
/// over.</summary>
internal sealed class RecurringErrorLog(ListenerLog log, TimeProvider time, string what, ListenerLogLevel level)
{
    private readonly object _lock = new();
    private string? _told;
    private long _since;

    /// <summary>A try failed.</summary>
    public void Report(MattermostXsoarException exception, MirrorKey? mirror = null, string? message = null)
    {
        if (exception.Kind == ErrorKind.Store)
            MirrorMetrics.StoreFailed();
        message ??= FailurePolicy.Explain(exception);
        bool isNew;
        lock (_lock)
        {
            if (_told is null)
                _since = time.GetTimestamp();
            isNew = _told != message;
            _told = message;
        }

        if (isNew || log.IsVerbose)
            log.Write(isNew ? level : ListenerLogLevel.Verbose, what, message, mirror, new() { Error = exception });
    }

    /// <summary>A try succeeded.</summary>
    public void Resolve(MirrorKey? mirror = null)
    {
        if (Volatile.Read(ref _told) is null)
            return;
        TimeSpan duration;
        lock (_lock)
        {
            _told = null;
            duration = time.GetElapsedTime(_since);
        }

        log.Information(
            ListenerLogEvents.Recovered,
            $"What {what} told of is over.",
            mirror,
            new() { Duration = duration }
        );
    }
}
