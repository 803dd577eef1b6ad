namespace MattermostXsoar.Core.Incidents;

/// <summary>The severity of an incident, from low to high.</summary>
public enum IncidentSeverity
{
    /// <summary>XSOAR's 0.</summary>
    Unknown,

    /// <summary>XSOAR's 0.5.</summary>
    Informational,

    /// <summary>XSOAR's 1.</summary>
    Low,

    /// <summary>XSOAR's 2.</summary>
    Medium,

    /// <summary>XSOAR's 3.</summary>
    High,

    /// <summary>XSOAR's 4.</summary>
    Critical,
}
