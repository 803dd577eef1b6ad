namespace MattermostXsoar.Core.Incidents;

/// <summary>An entry of a War Room.</summary>
public sealed class WarRoomEntry
{
    internal WarRoomEntry() { }

    /// <summary>The id, e.g. <c>96@1234</c>.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The same as <see cref="Id"/>, under the name that the parameters for entries have.</summary>
    public string EntryId => Id;

    /// <summary>The investigation.</summary>
    public string InvestigationId { get; internal init; } = "";

    /// <summary>The author's user name; empty for what the system or a playbook wrote.</summary>
    public string Author { get; internal init; } = "";

    /// <summary>When it was written.</summary>
    public DateTimeOffset Created { get; internal init; }

    /// <summary>When it was last changed; null if it never was.</summary>
    public DateTimeOffset? Modified { get; internal init; }

    /// <summary>
    /// What it is, as XSOAR names it: <c>chat</c>, <c>commandAndResults</c>, <c>playbookTaskResult</c>,
    /// <c>incidentInfo</c> …; may be empty.
    /// </summary>
    public string Category { get; internal init; } = "";

    /// <summary><c>text</c>, <c>markdown</c>, <c>html</c>, <c>json</c> or <c>table</c>.</summary>
    public string Format { get; internal init; } = "";

    /// <summary>The text; of a table or JSON, its JSON.</summary>
    public string Contents { get; internal init; } = "";

    /// <summary>The name of its file; empty if there is none.</summary>
    public string File { get; internal init; } = "";

    /// <summary>The size of its file in bytes; null if there is none or the server does not tell.</summary>
    public long? FileSize { get; internal init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; internal init; } = [];

    /// <summary>Whether it is marked as a note.</summary>
    public bool IsNote { get; internal init; }

    /// <summary>Whether it is evidence.</summary>
    public bool IsEvidence { get; internal init; }

    /// <summary>Whether it is the error of a command.</summary>
    public bool IsError { get; internal init; }

    /// <summary>The playbook task that produced it; empty if none did.</summary>
    public string Task { get; internal init; } = "";

    /// <summary>Its address, or that of its War Room.</summary>
    public Uri Uri { get; internal init; } = null!;

    /// <summary>Its id.</summary>
    public override string ToString() => Id;
}
