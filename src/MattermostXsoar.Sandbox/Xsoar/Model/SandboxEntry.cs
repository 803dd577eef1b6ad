using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>An entry of a War Room.</summary>
public sealed class SandboxEntry
{
    /// <summary>The id: <c>n@investigation</c>, or random before the <c>@</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The investigation's id.</summary>
    public required string InvestigationId { get; init; }

    /// <summary>The type code; 1 is ordinary text, 3 a file, 4 an error.</summary>
    public int Type { get; init; } = 1;

    /// <summary>The category, such as <c>chat</c>.</summary>
    public string Category { get; init; } = "chat";

    /// <summary>The text. With <see cref="ContentsIsJson"/> it is written as JSON instead of as a string.</summary>
    public string Contents { get; set; } = "";

    /// <summary>Whether <see cref="Contents"/> is raw JSON.</summary>
    public bool ContentsIsJson { get; init; }

    /// <summary>The format, such as <c>markdown</c>.</summary>
    public string Format { get; init; } = "text";

    /// <summary>The author; empty for system and playbook entries.</summary>
    public string User { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created => Instant.ToTime(CreatedNanoseconds);

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset Modified => Instant.ToTime(ModifiedNanoseconds);

    /// <summary>Grows with each change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The parent entry.</summary>
    public string ParentId { get; init; } = "";

    /// <summary>Whether it is marked as a note.</summary>
    public bool Note { get; set; }

    /// <summary>Whether it is evidence.</summary>
    public bool Pinned { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool Deleted { get; set; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>The name of its file, if it has one.</summary>
    public string File { get; internal set; } = "";

    /// <summary>The file's size in bytes.</summary>
    public long FileSize { get; internal set; }

    /// <summary>The bytes of its file, read into memory; empty if it has none.</summary>
    public ReadOnlyMemory<byte> FileContent => Stored?.ReadAll() ?? default;

    /// <summary>The name of the playbook task that created it.</summary>
    public string TaskName { get; init; } = "";

    /// <summary>The id of the playbook task it is a note on.</summary>
    public string TaskId { get; init; } = "";

    internal string CreatedBy { get; init; } = "";

    internal StoredContent? Stored { get; set; }

    internal List<EntryChange> History { get; } = [];

    internal long CreatedNanoseconds { get; init; }

    internal long ModifiedNanoseconds { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {User}: {Contents}";
}
