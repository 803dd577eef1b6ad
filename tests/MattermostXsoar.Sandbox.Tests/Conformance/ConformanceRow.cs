namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>One recording and what the sandbox did. Nothing in it may change from run to run, or the document
/// would.</summary>
/// <param name="Recording">The recording's file, without <c>.json</c>.</param>
/// <param name="What">What was played: a request, a frame.</param>
/// <param name="Recorded">What the real server did, in short: a status, an event.</param>
/// <param name="Sandbox">What the sandbox did.</param>
/// <param name="Differences">Where both differ; empty when they are the same.</param>
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
