namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>The recordings of one group.</summary>
/// <param name="Title">The group.</param>
/// <param name="What">The heading of the second column: the request, the frame.</param>
/// <param name="Rows">One per recording, in the order of the replay.</param>
internal sealed record ConformanceTable(string Title, string What, IReadOnlyList<ConformanceRow> Rows);
