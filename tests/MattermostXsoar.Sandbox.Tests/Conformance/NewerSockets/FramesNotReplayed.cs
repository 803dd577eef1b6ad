namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>Recorded frames of 11.6 that are not compared here, and why.</summary>
internal static class FramesNotReplayed
{
    public const string Whole = "its steps are repeated for the single frames; the order of all frames is not compared";

    private const string Threads = "threads that people follow have no events in the sandbox";
    private const string Sidebar = "the sidebar of the web client is compared with the answers of REST";
    private const string Drafts = "drafts have no events in the sandbox";
    private const string Settings =
        "it follows a change of the server's settings or roles, which the sandbox does not have";
    private const string Commands = "slash commands";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["ws-thread_updated"] = Threads,
        ["ws-thread_follow_changed"] = Threads,
        ["ws-thread_read_changed"] = Threads,
        ["ws-thread_read_changed-all"] = Threads,
        ["ws-sidebar_category_created"] = Sidebar,
        ["ws-sidebar_category_deleted"] = Sidebar,
        ["ws-sidebar_category_order_updated"] = Sidebar,
        ["ws-sidebar_category_updated-with-categories"] = Sidebar,
        ["ws-draft_created"] = Drafts,
        ["ws-draft_deleted"] = Drafts,
        ["ws-config_changed"] = Settings,
        ["ws-role_updated"] = Settings,
        ["ws-user_role_updated"] = Settings,
        ["ws-memberrole_updated"] = Settings,
        ["ws-open_dialog"] = Commands,
        ["ws-posted-me"] = Commands,
        ["ws-preference_changed"] = Commands,
        ["ws-emoji_added"] = "custom emoji have no events in the sandbox",
        ["ws-posted-should_ack"] = "`should_ack` is not sent: it is for push notifications",
        ["ws-posted-channel-link"] = "links to channels are not resolved",
        ["ws-posted-set_online-false"] = "`set_online` is always true",
        ["ws-posted-with-files"] = "files of posts are compared with the answers of REST",
        ["ws-posted-webhook"] = "incoming webhooks are compared with the answers of REST",
        ["ws-posted-system_gm_to_channel"] = "a group message cannot be made a channel",
        ["ws-posted-system_move_channel"] = "moved channels are compared with the answers of REST",
        ["ws-ephemeral_message-mention-of-a-non-member"] = "nobody is told of mentions that reach no member",
        ["ws-user_updated-seen-by-oneself"] = "a status in the user's own words has no event in the sandbox",
    };

    private static readonly Dictionary<string, string> Explanations = new(StringComparer.Ordinal)
    {
        ["ws-post_unread"] = "the counts are those of a channel with fewer posts",
        ["ws-posted-attachments"] = "the fields of attachments are compared with the answers of REST",
    };

    public static string? Reason(string name) => Reasons.GetValueOrDefault(name);

    public static string? Explanation(string name) => Explanations.GetValueOrDefault(name);

    /// <summary>Recordings that are part of the sessions, of the resume stories or of REST.</summary>
    public static bool IsElsewhere(string name) =>
        name.StartsWith("ws-session-", StringComparison.Ordinal)
        || name.StartsWith("ws-error-", StringComparison.Ordinal)
        || name.StartsWith("ws-reply-", StringComparison.Ordinal) && name != "ws-reply-ok"
        || name is "ws-resume-summary" or "ws-upgrade-429-ratelimited" or "ws-hello" or "ws-hello-first-frame-bot";
}
