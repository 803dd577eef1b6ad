namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>
/// Another clock, and the news that somebody begins to wait by it: for an answer, for the next poll, for the next
/// retry. A test goes on with what the listener does, and not with the time that passes.
/// </summary>
internal sealed class ObservedClock(TimeProvider inner) : TimeProvider
{
    private readonly Signal _begun = new();
    private long _waits;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = inner.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        _begun.Pulse();
        return timer;
    }

    /// <summary>Waits until this many further waits have begun.</summary>
    public Task WaitsAsync(int count, CancellationToken cancellationToken)
    {
        var enough = Interlocked.Read(ref _waits) + count;
        return WhenAsync(() => Interlocked.Read(ref _waits) >= enough, cancellationToken);
    }

    /// <summary>Waits until the condition holds; it is looked at now and whenever a wait begins.</summary>
    public Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        _begun.WhenAsync(condition, cancellationToken);
}
