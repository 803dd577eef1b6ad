namespace MattermostXsoar.Core.Notifications;

/// <summary>Which types of notifications are sent. XSOAR says with each what occasioned it.</summary>
internal static class NotificationTypes
{
    /// <summary>The types that XSOAR knows.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "incidentAssigned",
        "assign",
        "incidentOpened",
        "incidentChanged",
        "investigationClosed",
        "investigationDeleted",
        "incidentReminderSLA",
        "taskCompleted",
        "incidentStatusChanged",
        "failedFetchIncidents",
        "mentionNew",
        "mentionOld",
    ];

    /// <summary>Those that are sent whatever the session permits: mirrored lines, and the links of questions to
    /// people.</summary>
    public static readonly IReadOnlyList<string> AlwaysPermitted =
    [
        "mirrorEntry",
        "externalAskSubmit",
        "externalFormSubmit",
    ];

    /// <summary>Whether a notification is sent. One without a type is a person's or a playbook's own.</summary>
    public static bool IsPermitted(string? type, IEnumerable<string> permitted) =>
        string.IsNullOrWhiteSpace(type)
        || AlwaysPermitted.Concat(permitted).Contains(type!.Trim(), StringComparer.OrdinalIgnoreCase);
}
