namespace MattermostXsoar.Core.Notifications;

/// <summary>Which types of notifications are sent. The type is the event that XSOAR sends a notification for.</summary>
internal static class NotificationTypes
{
    /// <summary>The types of XSOAR.</summary>
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

    /// <summary>
    /// Those that are sent whatever the session permits: mirrored entries, and the links of questions to people.
    /// </summary>
    public static readonly IReadOnlyList<string> AlwaysPermitted =
    [
        "mirrorEntry",
        "externalAskSubmit",
        "externalFormSubmit",
    ];

    /// <summary>Whether a notification is sent. One without a type is sent by a person or a playbook.</summary>
    public static bool IsPermitted(string? type, IEnumerable<string> permitted) =>
        string.IsNullOrWhiteSpace(type)
        || AlwaysPermitted.Concat(permitted).Contains(type!.Trim(), StringComparer.OrdinalIgnoreCase);
}
