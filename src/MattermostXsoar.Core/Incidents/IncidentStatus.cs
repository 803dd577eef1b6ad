namespace MattermostXsoar.Core.Incidents;

/// <summary>The status of an incident; the numbers are XSOAR's.</summary>
public enum IncidentStatus
{
    /// <summary>Nobody has opened it yet: it has no War Room.</summary>
    Pending = 0,

    /// <summary>It is being worked on.</summary>
    Active = 1,

    /// <summary>It is closed.</summary>
    Closed = 2,

    /// <summary>It is archived.</summary>
    Archived = 3,
}
