namespace MattermostXsoar.Benchmarks.Measuring;

/// <summary>
/// The sandbox's clock in a benchmark: it says when an entry was accepted, and that time is compared with the moment of
/// the post, so it must be fine and never be set.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _origin = System.GetUtcNow();
    private readonly long _start = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _origin + System.GetElapsedTime(_start);
}
