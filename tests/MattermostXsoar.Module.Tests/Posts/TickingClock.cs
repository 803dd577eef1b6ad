namespace MattermostXsoar.Module.Tests.Posts;

/// <summary>A clock that is a millisecond later each time it is looked at, so that no two posts are of one time.</summary>
internal sealed class TickingClock : TimeProvider
{
    private readonly long _start = System.GetUtcNow().ToUnixTimeMilliseconds();
    private long _looks;

    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.FromUnixTimeMilliseconds(_start + Interlocked.Increment(ref _looks));
}
