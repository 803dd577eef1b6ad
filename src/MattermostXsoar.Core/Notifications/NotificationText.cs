namespace MattermostXsoar.Core.Notifications;

/// <summary>The text of a notification.</summary>
internal static class NotificationText
{
    /// <summary>The message, with the War Room's address on a separate line.</summary>
    /// <param name="message">The caller's text. Mentions are kept: a notification is meant to reach people.</param>
    /// <param name="link">The address of the War Room, or null.</param>
    public static string Compose(string message, Uri? link) =>
        link is null ? message : $"{message}\nView it on: {link.AbsoluteUri}";

    /// <summary>
    /// The investigation of an entry, e.g. 1234 for <c>96@1234</c>; null if the text is no entry id.
    /// </summary>
    public static string? InvestigationOf(string entryId)
    {
        var at = entryId.LastIndexOf('@');
        return at > 0 && at < entryId.Length - 1 ? entryId.Substring(at + 1) : null;
    }
}
