namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>A machine's clock that somebody sets. Its timers run on, as a machine's do.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _skew;

    public TimeSpan Skew
    {
        get => new(Interlocked.Read(ref _skew));
        set => Interlocked.Exchange(ref _skew, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skew;
}
