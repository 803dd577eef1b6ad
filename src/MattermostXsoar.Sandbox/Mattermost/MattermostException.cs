namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>An answer that is an error, in Mattermost's form.</summary>
public sealed class MattermostException : Exception
{
    internal MattermostException(int status, string id, string message, string detail = "")
        : base(message)
    {
        Status = status;
        Id = id;
        Detail = detail;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The error id.</summary>
    public string Id { get; }

    /// <summary>The <c>detailed_error</c>.</summary>
    public string Detail { get; }

    /// <summary>Whether the server closes the connection after it.</summary>
    internal bool ClosesConnection { get; init; }

    internal static MattermostException UrlParameter(string name) =>
        new(400, "api.context.invalid_url_param.app_error", $"Invalid or missing {name} parameter in request URL.");

    internal static MattermostException BodyParameter(string name, string detail = "") =>
        new(400, "api.context.invalid_body_param.app_error", $"Invalid or missing {name} in request body.", detail);

    internal static MattermostException Forbidden(string userId, string permission) =>
        new(
            403,
            "api.context.permissions.app_error",
            "You do not have the appropriate permissions.",
            $"userId={userId}, permission={permission},"
        );

    /// <param name="id">The channel's id.</param>
    /// <param name="named">Whether the text names it, as that of a new server does.</param>
    internal static MattermostException NoChannel(string id, bool named = false) =>
        new(
            404,
            "app.channel.get.existing.app_error",
            named ? $"Unable to find the existing channel {id}." : "Unable to find the existing channel.",
            $"resource: Channel id: {id}"
        );

    internal static MattermostException NoChannelNamed(string teamId, string name) =>
        new(
            404,
            "app.channel.get_by_name.missing.app_error",
            "Channel does not exist.",
            $"resource: Channel id: TeamId={teamId}&Name={name}"
        );

    internal static MattermostException NoUser(string what) =>
        new(404, "app.user.missing_account.const", "Unable to find the user.", $"resource: User id: {what}");

    internal static MattermostException NoTeamMember(string teamId, string userId) =>
        new(
            404,
            "app.team.get_member.missing.app_error",
            "No team member found for that user ID and team ID.",
            $"resource: TeamMember id: teamId={teamId}, userId={userId}"
        );

    internal static MattermostException NoChannelMember(string channelId, string userId) =>
        new(
            404,
            "app.channel.get_member.missing.app_error",
            "No channel member found for that user ID and channel ID.",
            $"resource: ChannelMember id: channelId={channelId}, userId={userId}"
        );

    internal static MattermostException NoBot() =>
        new(404, "store.sql_bot.get.missing.app_error", "Bot does not exist.");

    internal static MattermostException NoPost(string id) =>
        new(404, "app.post.get.app_error", "Unable to get the post.", $"resource: Post id: {id}");

    /// <summary>A post that is older than the accessible history.</summary>
    internal static MattermostException HiddenPost() =>
        new(403, "app.post.cloud.get.app_error", "Can not fetch the post as it is past the cloud's plan limit.");

    internal static MattermostException NoFile(string id) =>
        new(404, "app.file_info.get.app_error", "Unable to get the file info.", $"resource: FileInfo id: {id}");
}
