using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Calls that a server without a license refuses, and those of parts that are switched off or not in the sandbox:
/// each by name, as recorded of 11.6.</summary>
internal static class RefusedApi
{
    private const string Bookmarks = "api.channel.bookmark.channel_bookmark.license.error";
    private const string NoBookmarks = "Your license does not support channel bookmarks.";
    private const string Scheduled = "api.scheduled_posts.license_error";
    private const string NoScheduled = "Scheduled posts feature requires a license";
    private const string Flagging = "api.data_spillage.error.license";
    private const string NoFlagging = "Your license does not support Data Spillage Handling.";
    private const string Attributes = "api.custom_profile_attributes.license_error";
    private const string NoAttributes = "Your license does not support Custom Profile Attributes.";
    private const string Plugins = "app.plugin.disabled.app_error";
    private const string NoPlugins = "Plugins have been disabled. Please check your logs for details.";
    private const string NotHere = "sandbox.not_implemented.app_error";
    private const string NoIcons = "The sandbox does not have pictures of teams.";
    private const string Icon = "/api/v4/teams/{}/image";
    private const string Channel = "/api/v4/channels/{}";
    private const string Post = "/api/v4/posts/{}";

    private static readonly (string Method, string Template, int Status, string Id, string Message)[] Calls =
    [
        ("GET", Channel + "/bookmarks", 501, Bookmarks, NoBookmarks),
        ("POST", Channel + "/bookmarks", 501, Bookmarks, NoBookmarks),
        ("PATCH", Channel + "/bookmarks/{}", 501, Bookmarks, NoBookmarks),
        ("DELETE", Channel + "/bookmarks/{}", 501, Bookmarks, NoBookmarks),
        ("POST", Channel + "/bookmarks/{}/sort_order", 501, Bookmarks, NoBookmarks),
        (
            "GET",
            Channel + "/member_counts_by_group",
            403,
            "api.channel.channel_member_counts_by_group.license.error",
            "Your license does not support groups"
        ),
        (
            "PUT",
            Channel + "/members/{}/autotranslation",
            403,
            "api.channel.update_channel_member_autotranslation.feature_not_available.app_error",
            "Auto-translation is not available."
        ),
        (
            "GET",
            Channel + "/access_control/attributes",
            501,
            "app.pap.get_channel_access_control_attributes.app_error",
            "Could not get attributes for channel."
        ),
        ("GET", Icon, 501, NotHere, NoIcons),
        ("POST", Icon, 501, NotHere, NoIcons),
        ("DELETE", Icon, 501, NotHere, NoIcons),
        ("POST", Post + "/move", 501, "api.post.move_thread.disabled.app_error", "Thread moving is disabled"),
        (
            "GET",
            Post + "/reveal",
            400,
            "api.post.reveal_post.cannot_reveal_own_post.app_error",
            "You cannot reveal your own burn-on-read post."
        ),
        (
            "DELETE",
            Post + "/burn",
            400,
            "app.burn_post.not_burn_on_read.app_error",
            "This post is not a burn-on-read post and cannot be burned."
        ),
        ("POST", "/api/v4/users/{}/posts/{}/ack", 501, "<untranslated>", "<untranslated>"),
        (
            "DELETE",
            "/api/v4/users/{}/posts/{}/ack",
            501,
            "license_error.feature_unavailable",
            "Feature is not available for the current license"
        ),
        ("POST", "/api/v4/posts/schedule", 400, Scheduled, NoScheduled),
        ("PUT", "/api/v4/posts/schedule/{}", 400, Scheduled, NoScheduled),
        ("DELETE", "/api/v4/posts/schedule/{}", 400, Scheduled, NoScheduled),
        ("GET", "/api/v4/posts/scheduled/team/{}", 400, Scheduled, NoScheduled),
        ("POST", "/api/v4/content_flagging/post/{}/flag", 501, Flagging, NoFlagging),
        ("GET", "/api/v4/content_flagging/flag/config", 501, Flagging, NoFlagging),
        ("GET", "/api/v4/content_flagging/team/{}/status", 501, Flagging, NoFlagging),
        ("GET", "/api/v4/content_flagging/config", 501, Flagging, NoFlagging),
        ("GET", "/api/v4/custom_profile_attributes/fields", 403, Attributes, NoAttributes),
        ("GET", "/api/v4/users/{}/custom_profile_attributes", 403, Attributes, NoAttributes),
        ("GET", "/api/v4/plugins", 501, Plugins, NoPlugins),
        ("GET", "/api/v4/plugins/webapp", 501, Plugins, NoPlugins),
        (
            "GET",
            "/api/v4/schemes",
            501,
            "app.schemes.is_phase_2_migration_completed.not_completed.app_error",
            "This API endpoint is not accessible as required migrations have not yet completed."
        ),
        (
            "GET",
            "/api/v4/data_retention/policy",
            501,
            "ent.data_retention.generic.license.error",
            "Your license does not support Data Retention."
        ),
        (
            "GET",
            "/api/v4/sharedchannels/{}",
            501,
            "api.remote_cluster.service_not_enabled.app_error",
            "The remote cluster service is not enabled."
        ),
        (
            "GET",
            "/api/v4/cloud/limits",
            400,
            "api.server.cws.needs_enterprise_edition",
            "Service only available in Mattermost Enterprise edition"
        ),
        (
            "GET",
            "/api/v4/access_control_policies/cel/autocomplete/fields",
            400,
            "api.access_control_policy.get_fields.limit.app_error",
            "Get fields limit is not valid."
        ),
        ("GET", "/api/v4/recaps", 501, "api.recap.disabled.app_error", "This feature is not enabled."),
    ];

    /// <summary>Parts of the API that the sandbox does not have.</summary>
    public static IReadOnlyList<string> Missing { get; } =
    [
        "access_control_policies",
        "actions",
        "agents",
        "audit_logs",
        "bleve",
        "cloud",
        "compliance",
        "content_flagging",
        "custom_profile_attributes",
        "data_retention",
        "elasticsearch",
        "exports",
        "imports",
        "ip_filtering",
        "jobs",
        "ldap",
        "oauth",
        "opengraph",
        "outgoing_oauth_connections",
        "permissions",
        "plugins",
        "recaps",
        "remotecluster",
        "reports",
        "saml",
        "schemes",
        "sharedchannels",
    ];

    /// <summary>The refusal of a call of a part that the sandbox does not have; null for others.</summary>
    public static MattermostException? Refusal(string path)
    {
        const string Beginning = "/api/v4/";
        var part = path.StartsWith(Beginning, StringComparison.Ordinal) ? path[Beginning.Length..].Split('/')[0] : "";
        return Missing.Contains(part)
            ? new MattermostException(
                501,
                "sandbox.not_implemented.app_error",
                $"The sandbox does not have {Beginning}{part}."
            )
            : null;
    }

    public static void Map(RouteTable routes)
    {
        foreach (var (method, template, status, id, message) in Calls)
            routes.Map(method, template, _ => throw new MattermostException(status, id, message));
    }
}
