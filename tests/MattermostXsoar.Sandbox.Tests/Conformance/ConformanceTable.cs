namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>The recordings of one group.</summary>
/// <param name="Title">The group.</param>
/// <param name="What">What the second column holds: the request, the frame.</param>
/// <param name="Rows">One per recording, in the order in which they were played.</param>
internal sealed record ConformanceTable(string Title, string What, IReadOnlyList<ConformanceRow> Rows);
