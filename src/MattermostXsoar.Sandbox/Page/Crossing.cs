namespace MattermostXsoar.Sandbox.Page;

/// <summary>How a post or entry relates to the other side.</summary>
/// <param name="State"> <c>crossed</c>: it was mirrored to the other side; <c>arrived</c>: it came from there;
/// <c>waiting</c>: it is expected there; <c>passed</c>: later ones have been mirrored and it has not. </param>
/// <param name="Milliseconds">How long it took, for the first two.</param>
/// <param name="Peers">The ids of its counterparts on the other side.</param>
internal sealed record Crossing(string State, double? Milliseconds, IReadOnlyList<string> Peers)
{
    public static Crossing Waiting { get; } = new("waiting", null, []);

    public static Crossing Passed { get; } = new("passed", null, []);

    /// <summary>Changes when it must be drawn again.</summary>
    public int Fingerprint => HashCode.Combine(State, Peers.Count);
}
