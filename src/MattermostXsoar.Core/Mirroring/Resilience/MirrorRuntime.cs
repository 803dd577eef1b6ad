using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// What every part of a mirror runs with: clock, randomness, intervals, log, and where a test ends the process.
/// </summary>
internal sealed record MirrorRuntime
{
    public required TimeProvider Time { get; init; }

    /// <summary>Numbers from 0 up to 1, for jitter.</summary>
    public required Func<double> Random { get; init; }

    public MirrorOptions Options { get; init; } = new();

    public ListenerLog Log { get; init; } = new();

    /// <summary>Where a test ends the process.</summary>
    public StopPoints StopPoints { get; init; } = StopPoints.None;
}
