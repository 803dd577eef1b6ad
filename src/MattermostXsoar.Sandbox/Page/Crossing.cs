namespace MattermostXsoar.Sandbox.Page;

/// <summary>What a line has to do with the other side.</summary>
/// <param name="State">
/// <c>crossed</c>: it is there; <c>arrived</c>: it came from there; <c>waiting</c>: it is expected there;
/// <c>passed</c>: lines said later have crossed and it has not.
/// </param>
/// <param name="Milliseconds">How long it took, for the first two.</param>
/// <param name="Peers">The ids of its lines on the other side.</param>
internal sealed record Crossing(string State, double? Milliseconds, IReadOnlyList<string> Peers)
{
    public static Crossing Waiting { get; } = new("waiting", null, []);

    public static Crossing Passed { get; } = new("passed", null, []);

    /// <summary>Tells whether it must be shown anew.</summary>
    public int Fingerprint => HashCode.Combine(State, Peers.Count);
}
