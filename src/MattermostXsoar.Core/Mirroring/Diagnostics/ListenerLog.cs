using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>
/// Where the listener says what it does, to those who asked. Never a token; the text of a line only to those who asked
/// for that too. Records of single lines are made only while somebody asks for them.
/// </summary>
internal sealed class ListenerLog(TimeProvider? time = null, Func<string, string>? redact = null)
{
    private readonly object _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Func<string, string> _redact = redact ?? (static text => text);
    private volatile ListenerLogSubscription[] _subscriptions = [];
    private volatile bool _isVerbose;

    /// <summary>Whether anybody asks for records of single lines; look before a message is worded for one.</summary>
    public bool IsVerbose => _isVerbose;

    /// <summary>Has records told, on whatever thread they come up, until the result is disposed.</summary>
    /// <param name="write">Takes a record; must neither wait nor throw.</param>
    /// <param name="from">The lowest level that is wanted.</param>
    /// <param name="withText">Whether the text of lines is wanted.</param>
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

    /// <summary>Tells it.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="what">One of <see cref="ListenerLogEvents"/>.</param>
    /// <param name="message">The same as a sentence, without the text of lines.</param>
    /// <param name="mirror">Which mirror, if it is about one.</param>
    /// <param name="details">What else is known.</param>
    /// <param name="text">What was said, for those who asked for it; worded only for them.</param>
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
                    withText ??= text() is { Length: > 0 } said ? record with { Text = _redact(said) } : record
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
