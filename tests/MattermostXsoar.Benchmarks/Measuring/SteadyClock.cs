namespace MattermostXsoar.Benchmarks.Measuring;

/// <summary>
/// The sandbox's clock in a benchmark: the time at which an entry was accepted is compared with the time of the post,
/// so it must have a fine resolution and never be set.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _origin = System.GetUtcNow();
    private readonly long _start = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _origin + System.GetElapsedTime(_start);
}
