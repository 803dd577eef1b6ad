namespace MattermostXsoar.Core.Notifications;

/// <summary>What a notification says.</summary>
internal static class NotificationText
{
    /// <summary>The message, with the War Room's address on a line of its own.</summary>
    /// <param name="message">The caller's own words, mentions included: a notification is there to reach
    /// people.</param>
    /// <param name="link">Where to look, or null.</param>
    public static string Compose(string message, Uri? link) =>
        link is null ? message : $"{message}\nView it on: {link.AbsoluteUri}";

    /// <summary>The investigation that an entry is in, e.g. 1234 for <c>96@1234</c>; null for a text that is no entry's
    /// id.</summary>
    public static string? InvestigationOf(string entryId)
    {
        var at = entryId.LastIndexOf('@');
        return at > 0 && at < entryId.Length - 1 ? entryId.Substring(at + 1) : null;
    }
}
