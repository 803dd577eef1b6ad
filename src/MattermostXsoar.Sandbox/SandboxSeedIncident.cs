namespace MattermostXsoar.Sandbox;

/// <summary>An initial incident.</summary>
public sealed record SandboxSeedIncident
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The incident type.</summary>
    public string Type { get; init; } = "Unclassified";

    /// <summary>0 unknown, 0.5 informational, 1 low … 4 critical.</summary>
    public double Severity { get; init; } = 1;

    /// <summary>The owner's username.</summary>
    public string Owner { get; init; } = "admin";

    /// <summary>The text of the incident.</summary>
    public string Details { get; init; } = "";

    /// <summary>Whether it is pending: without a War Room.</summary>
    public bool IsPending { get; init; }

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The custom fields, as a JSON object.</summary>
    public string CustomFieldsJson { get; init; } = "{}";

    /// <summary>The entries of its War Room: user and text.</summary>
    public IReadOnlyList<(string User, string Text)> Entries { get; init; } = [];
}
