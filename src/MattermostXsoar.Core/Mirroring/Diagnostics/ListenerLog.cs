using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>
/// The listener's log, for its subscribers. Never holds a token, and the text of a message only for those who asked for
/// that too. Records of single deliveries are made only while somebody subscribes to them.
/// </summary>
internal sealed class ListenerLog(TimeProvider? time = null, Func<string, string>? redact = null)
{
    private readonly object _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Func<string, string> _redact = redact ?? (static text => text);
    private volatile ListenerLogSubscription[] _subscriptions = [];
    private volatile bool _isVerbose;

    /// <summary>
    /// Whether anybody subscribes to records of single deliveries; checked before the text of one is made.
    /// </summary>
    public bool IsVerbose => _isVerbose;

    /// <summary>Has records written, on the thread that makes them, until the result is disposed.</summary>
    /// <param name="write">Writes a record; must neither wait nor throw.</param>
    /// <param name="from">The lowest level that is wanted.</param>
    /// <param name="withText">Whether the text of messages is wanted.</param>
    public IDisposable Subscribe(
        Action<ListenerLogRecord> write,
        ListenerLogLevel from = ListenerLogLevel.Information,
        bool withText = false
    )
    {
        var subscription = new ListenerLogSubscription(
            write,
            from,
            withText,
            subscription => Change(known => known.Where(it => it != subscription))
        );
        Change(known => known.Append(subscription));
        return subscription;
    }

    public void Verbose(string what, string message, MirrorKey? mirror = null, ListenerLogDetails details = default) =>
        Write(ListenerLogLevel.Verbose, what, message, mirror, details);

    public void Information(
        string what,
        string message,
        MirrorKey? mirror = null,
        ListenerLogDetails details = default
    ) => Write(ListenerLogLevel.Information, what, message, mirror, details);

    public void Warning(string what, string message, MirrorKey? mirror = null, ListenerLogDetails details = default) =>
        Write(ListenerLogLevel.Warning, what, message, mirror, details);

    public void Error(string what, string message, MirrorKey? mirror = null, ListenerLogDetails details = default) =>
        Write(ListenerLogLevel.Error, what, message, mirror, details);

    /// <summary>Writes a record.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="what">One of <see cref="ListenerLogEvents"/>.</param>
    /// <param name="message">The same as a sentence, without the text of messages.</param>
    /// <param name="mirror">Which mirror, if it is about one.</param>
    /// <param name="details">What else is known.</param>
    /// <param name="text">The text of the message, for those who asked for it; made only for them.</param>
    public void Write(
        ListenerLogLevel level,
        string what,
        string message,
        MirrorKey? mirror,
        ListenerLogDetails details,
        Func<string?>? text = null
    )
    {
        var subscriptions = _subscriptions;
        ListenerLogRecord? record = null;
        ListenerLogRecord? withText = null;
        foreach (var subscription in subscriptions)
        {
            if (level < subscription.From)
                continue;
            record ??= Record(level, what, message, mirror, details);
            if (!subscription.WithText || text is null)
                subscription.Write(record);
            else
                subscription.Write(
                    withText ??= text() is { Length: > 0 } shown ? record with { Text = _redact(shown) } : record
                );
        }
    }

    private ListenerLogRecord Record(
        ListenerLogLevel level,
        string what,
        string message,
        MirrorKey? mirror,
        ListenerLogDetails details
    ) =>
        new()
        {
            Time = _time.GetUtcNow(),
            Level = level,
            Event = what,
            InvestigationId = mirror?.InvestigationId,
            ChannelId = mirror?.ChannelId,
            ChannelName = mirror?.ChannelName,
            Direction = details.Direction?.ToString(),
            Kind = details.Kind,
            SourceId = details.SourceId,
            TargetId = details.TargetId,
            Count = details.Count,
            DurationMs = details.Duration is { } duration ? Math.Round(duration.TotalMilliseconds, 1) : null,
            ErrorId = details.ErrorId,
            Advice = details.Advice is { } advice ? _redact(advice) : null,
            Message = _redact(message),
        };

    private void Change(Func<ListenerLogSubscription[], IEnumerable<ListenerLogSubscription>> change)
    {
        lock (_lock)
        {
            _subscriptions = change(_subscriptions).ToArray();
            _isVerbose = _subscriptions.Any(subscription => subscription.From == ListenerLogLevel.Verbose);
        }
    }
}
