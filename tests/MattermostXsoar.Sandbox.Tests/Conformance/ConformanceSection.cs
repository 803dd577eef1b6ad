namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>A section of docs/sandbox-conformance.md.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Introduction">Markdown that describes how the recordings were replayed and compared.</param>
/// <param name="Tables">A table per group of recordings.</param>
/// <param name="NotReplayed">Recordings that were not replayed, each with the reason.</param>
internal sealed record ConformanceSection(
    string Title,
    string Introduction,
    IReadOnlyList<ConformanceTable> Tables,
    IReadOnlyList<(string Recording, string Reason)> NotReplayed
)
{
    /// <summary>The version of the server that was recorded.</summary>
    public string Version { get; init; } = "5.37";

    public IEnumerable<ConformanceRow> Rows => Tables.SelectMany(static table => table.Rows);
}
