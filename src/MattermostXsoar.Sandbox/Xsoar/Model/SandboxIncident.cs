namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>An incident together with its investigation, which has the same id.</summary>
public sealed class SandboxIncident
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The incident type.</summary>
    public string Type { get; set; } = "Unclassified";

    /// <summary>0 pending, 1 active, 2 closed, 3 archived.</summary>
    public int Status { get; set; } = 1;

    /// <summary>0 unknown, 0.5 informational, 1 low … 4 critical.</summary>
    public double Severity { get; set; } = 1;

    /// <summary>The owner's username.</summary>
    public string Owner { get; set; } = "admin";

    /// <summary>The roles that may see it; empty for all.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>The text of the incident.</summary>
    public string Details { get; set; } = "";

    /// <summary>Grows with each change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>0 an incident, 9 a playground.</summary>
    public int InvestigationType { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created => Instant.ToTime(CreatedNanoseconds);

    /// <summary>When it changed last.</summary>
    public DateTimeOffset Modified => Instant.ToTime(ModifiedNanoseconds);

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed => Status == 2;

    /// <summary>The labels, as they were sent, in JSON.</summary>
    public string LabelsJson { get; set; } = "null";

    /// <summary>The custom fields, as they were sent, in JSON.</summary>
    public string CustomFieldsJson { get; set; } = "{}";

    /// <summary>The names of the files on it.</summary>
    public IReadOnlyList<string> AttachmentNames => [.. Attachments.Select(static it => it.Name)];

    /// <summary>The playbook that runs in it; null if none does.</summary>
    public SandboxPlaybook? Playbook { get; set; }

    /// <summary>Chat mirrors as the server stores them: integration instance to <c>all:both</c> and the like.</summary>
    public IDictionary<string, string> MirrorTypes { get; } = new Dictionary<string, string>();

    /// <summary>One-time entitlements that <c>!addEntitlement</c> created.</summary>
    public IReadOnlyCollection<string> Entitlements => [.. EntitlementIds];

    internal List<string> EntitlementIds { get; } = [];

    internal Dictionary<string, string> PersistentEntitlements { get; } = [];

    internal List<SandboxAttachment> Attachments { get; } = [];

    internal string CloseReason { get; set; } = "";

    internal string CloseNotes { get; set; } = "";

    internal string ClosingUser { get; set; } = "";

    internal string CreatingUser { get; init; } = "";

    internal string CreatedBy { get; init; } = "";

    internal string RawJson { get; set; } = "";

    internal string PlaybookId { get; set; } = "";

    internal string Category { get; set; } = "";

    internal string Phase { get; set; } = "";

    internal string Reason { get; set; } = "";

    internal string Parent { get; set; } = "";

    internal long CreatedNanoseconds { get; init; }

    internal long ModifiedNanoseconds { get; set; }

    internal long OccurredNanoseconds { get; set; }

    internal long DueNanoseconds { get; set; }

    internal long OpenedNanoseconds { get; set; }

    internal long ClosedNanoseconds { get; set; }

    internal bool HasInvestigation => Status != 0;

    /// <summary>Whether it exists only because it was requested. Searches do not find it.</summary>
    internal bool IsShell { get; init; }

    internal bool IsListed => InvestigationType == 0 && !IsShell;

    /// <summary>The entries in order of their creation.</summary>
    internal List<SandboxEntry> Entries { get; } = [];

    /// <summary>False if a clock was set back, so that the order of creation is not the order of times.</summary>
    internal bool EntriesFollowTime { get; set; } = true;

    internal HashSet<string> Users { get; } = [];
}
