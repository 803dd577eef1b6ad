using System.Globalization;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>Something the listener did or met. Holds neither the text of lines nor a token.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Event">What, in one stable word, for filters: <c>Connected</c>, <c>CaughtUp</c>, <c>MirrorPaused</c> …</param>
/// <param name="Mirror">Which mirror, as <c>investigation/channel</c>, or null for the listener as a whole.</param>
/// <param name="Message">The same as a sentence.</param>
public sealed record ListenerLogRecord(DateTimeOffset Time, ListenerLogLevel Level, string Event, string? Mirror, string Message)
{
    /// <summary>The id of the post or entry that it concerns; null for none.</summary>
    public string? SourceId { get; init; }

    /// <summary>How long it took; null where that means nothing.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>One line, as a foreground listener writes it.</summary>
    /// <returns>Time, level, event, mirror and message.</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:yyyy-MM-ddTHH:mm:ss.fffZ} {1} {2} {3}{4}",
        Time.UtcDateTime, Level, Event, Mirror is null ? "" : Mirror + ": ", Message);
}
