using MattermostXsoar.Core.Concurrency;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>What the supervisor holds of one mirror, for as long as it is not stopped.</summary>
internal sealed class SupervisedMirror(Backoff restarts)
{
    /// <summary>The worker; null while it rests after an unexpected error.</summary>
    public MirrorWorker? Worker { get; set; }

    /// <summary>The generation whose worker failed and rests: one that a person changes starts at once.</summary>
    public long? RestingGeneration { get; set; }

    /// <summary>How long a worker that failed rests.</summary>
    public Backoff Restarts => restarts;
}
