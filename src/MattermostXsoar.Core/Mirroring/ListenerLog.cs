namespace MattermostXsoar.Core.Mirroring;

/// <summary>Where the listener says what it does. Never the text of lines, never a token.</summary>
internal sealed class ListenerLog
{
    private readonly Action<ListenerLogRecord>? _write;
    private readonly TimeProvider _time;

    public ListenerLog(Action<ListenerLogRecord>? write = null, TimeProvider? time = null)
    {
        _write = write;
        _time = time ?? TimeProvider.System;
    }

    public void Information(string what, string message, string? mirror = null) => Write(ListenerLogLevel.Information, what, message, mirror);

    public void Warning(string what, string message, string? mirror = null) => Write(ListenerLogLevel.Warning, what, message, mirror);

    public void Error(string what, string message, string? mirror = null, string? sourceId = null) =>
        Write(ListenerLogLevel.Error, what, message, mirror, sourceId);

    /// <summary>Something that took a while.</summary>
    public void Took(string what, string message, string? mirror, TimeSpan duration) =>
        Write(ListenerLogLevel.Information, what, message, mirror, duration: duration);

    private void Write(ListenerLogLevel level, string what, string message, string? mirror, string? sourceId = null, TimeSpan? duration = null) =>
        _write?.Invoke(new ListenerLogRecord(_time.GetUtcNow(), level, what, mirror, message) { SourceId = sourceId, Duration = duration });
}
