namespace MattermostXsoar.Core.Context;

/// <summary>
/// The context paths that the original integration documents, by prefix: they are always present, and null if the
/// server sends nothing.
/// </summary>
internal static class ContextPaths
{
    public static readonly IReadOnlyList<string> Team =
    [
        "id",
        "create_at",
        "update_at",
        "delete_at",
        "display_name",
        "name",
        "description",
        "email",
        "type",
        "company_name",
        "allowed_domains",
        "invite_id",
        "allow_open_invite",
        "scheme_id",
        "policy_id",
    ];

    public static readonly IReadOnlyList<string> Channel =
    [
        "id",
        "create_at",
        "update_at",
        "delete_at",
        "display_name",
        "name",
        "description",
        "header",
        "purpose",
        "last_post_at",
        "total_msg_count",
        "extra_update_at",
        "creator_id",
        "scheme_id",
    ];

    public static readonly IReadOnlyList<string> User =
    [
        "id",
        "create_at",
        "update_at",
        "delete_at",
        "username",
        "auth_data",
        "auth_service",
        "email",
        "nickname",
        "first_name",
        "last_name",
        "position",
        "roles",
        "locale",
        "timezone",
    ];

    public static readonly IReadOnlyList<string> Groups =
    [
        "id",
        "create_at",
        "update_at",
        "delete_at",
        "display_name",
        "name",
        "description",
        "source",
        "remote_id",
        "has_syncables",
    ];

    public static readonly IReadOnlyList<string> Members = ["id", "first_name", "last_name", "username"];
}
