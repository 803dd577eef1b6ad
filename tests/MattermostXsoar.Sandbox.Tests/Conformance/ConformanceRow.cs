namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>One recording and the sandbox's result. Nothing in it may change from run to run, or the document would
/// change.</summary>
/// <param name="Recording">The recording's file, without <c>.json</c>.</param>
/// <param name="What">What was sent: a request, a frame.</param>
/// <param name="Recorded">The real server's result, in short: a status, an event.</param>
/// <param name="Sandbox">The sandbox's result.</param>
/// <param name="Differences">The differences; empty if they are the same.</param>
/// <param name="Explanation">Why they differ and why that is right; null fails the run if there are
/// differences.</param>
internal sealed record ConformanceRow(
    string Recording,
    string What,
    string Recorded,
    string Sandbox,
    IReadOnlyList<string> Differences,
    string? Explanation = null
)
{
    public bool Differs => Differences.Count > 0;
}
