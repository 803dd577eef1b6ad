namespace MattermostXsoar.Core.Incidents;

/// <summary>An XSOAR incident and its investigation, which has the same id.</summary>
// The property is IncidentType and not Type: of an object in the pipeline PowerShell binds properties by name, and -Type
// of Start-MattermostMirror means something else.
public sealed class Incident
{
    internal Incident() { }

    /// <summary>The id.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The investigation with the War Room; a pending incident gets it when it is opened.</summary>
    public string InvestigationId { get; internal init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The incident type, e.g. <c>Phishing</c>.</summary>
    public string IncidentType { get; internal init; } = "";

    /// <summary>The severity.</summary>
    public IncidentSeverity Severity { get; internal init; }

    /// <summary>The status.</summary>
    public IncidentStatus Status { get; internal init; }

    /// <summary>The owner's user name, on XSOAR 8 mostly an e-mail address; empty without an owner.</summary>
    public string Owner { get; internal init; } = "";

    /// <summary>The description.</summary>
    public string Details { get; internal init; } = "";

    /// <summary>When it was created; null if the server does not tell.</summary>
    public DateTimeOffset? Created { get; internal init; }

    /// <summary>When it was last changed; null if the server does not tell.</summary>
    public DateTimeOffset? Modified { get; internal init; }

    /// <summary>When it happened; null if that is not known.</summary>
    public DateTimeOffset? Occurred { get; internal init; }

    /// <summary>When it has to be done; null without such a date.</summary>
    public DateTimeOffset? DueDate { get; internal init; }

    /// <summary>When it was closed; null if it is open.</summary>
    public DateTimeOffset? Closed { get; internal init; }

    /// <summary>Why it was closed; empty if it is open.</summary>
    public string CloseReason { get; internal init; } = "";

    /// <summary>What was written when it was closed.</summary>
    public string CloseNotes { get; internal init; } = "";

    /// <summary>The labels.</summary>
    public IReadOnlyList<IncidentLabel> Labels { get; internal init; } = [];

    /// <summary>The custom fields, by name.</summary>
    public IDictionary<string, object?> CustomFields { get; internal init; } = new Dictionary<string, object?>();

    /// <summary>The page of its War Room.</summary>
    public Uri Uri { get; internal init; } = null!;

    /// <summary>Whether it is neither closed nor archived.</summary>
    public bool IsOpen => Status is IncidentStatus.Pending or IncidentStatus.Active && Closed is null;

    /// <summary>Its id and name.</summary>
    public override string ToString() => $"{Id} {Name}".TrimEnd();
}
