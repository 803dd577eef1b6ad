namespace MattermostXsoar.Cmdlets.Notifications;

/// <summary>The priority of a notification.</summary>
public enum NotificationPriority
{
    /// <summary>None.</summary>
    Standard,

    /// <summary>Shown as important.</summary>
    Important,

    /// <summary>Shown as urgent.</summary>
    Urgent,
}
