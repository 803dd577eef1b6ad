namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// The ids of Mattermost's errors that this module distinguishes; each is in the recorded responses, unless it says
/// otherwise.
/// </summary>
internal static class ServerErrorIds
{
    /// <summary>404: no such route on this server, or a name that no route matches.</summary>
    public const string NoSuchRoute = "api.context.404.app_error";

    /// <summary>400: a channel of that name exists in the team, perhaps archived.</summary>
    public const string ChannelExists = "store.sql_channel.save_channel.exists.app_error";

    /// <summary>400 on a patch: the channel is archived, or the new name is taken.</summary>
    public const string ChannelUpdateRefused = "app.channel.update.bad_id";

    /// <summary>400: the channel is archived already.</summary>
    public const string ChannelDeleted = "api.channel.delete_channel.deleted.app_error";

    /// <summary>400: nothing can be posted in an archived channel.</summary>
    public const string PostToDeletedChannel = "api.post.create_post.can_not_post_to_deleted.error";

    /// <summary>404: the user is not in the channel.</summary>
    public const string ChannelMemberMissing = "app.channel.get_member.missing.app_error";

    /// <summary>400: no direct messages with a user who does not exist.</summary>
    public const string NoSuchDirectUser = "api.channel.create_direct_channel.invalid_user.app_error";

    /// <summary>
    /// 403: no direct messages between users without a team in common (RestrictDirectMessage). From the server's source,
    /// app/channel.go; no recorded server restricted them.
    /// </summary>
    public const string NoCommonTeam = "api.channel.create_channel.direct_channel.team_restricted_error";

    /// <summary>400: the same for a post in a direct or group message that exists. From its source, app/post.go.</summary>
    public const string NoCommonTeamToPost = "api.post.create_post.can_not_post_in_restricted_dm.error";

    /// <summary>404: the user is not in the team.</summary>
    public const string TeamMemberMissing = "app.team.get_member.missing.app_error";

    /// <summary>400: the thread to reply to was deleted or is no thread.</summary>
    public const string InvalidRootId = "api.post.create_post.root_id.app_error";

    /// <summary>400: a text longer than the server's MaxPostSize, from older servers (5.37).</summary>
    public const string InvalidMessage = "model.post.is_valid.msg.app_error";

    /// <summary>400: the same from newer ones (11.6).</summary>
    public const string MessageTooLong = "model.post.is_valid.message_length.app_error";

    /// <summary>
    /// 501 in the description, 400 from newer servers: not a custom group. No recorded server had groups.
    /// </summary>
    public const string GroupNotCustom = "app.group.crud_permission";

    /// <summary>
    /// 500: a group's members were not changed, e.g. because one of the users is not in the group. From the server's
    /// source, app/group.go; no recorded server had groups.
    /// </summary>
    public const string GroupNotChanged = "app.update_error";

    /// <summary>
    /// 403 from newer servers (11.6), 501 from older ones (5.37): file sharing is switched off in the System Console.
    /// From the server's source, api4/file.go; no recorded server had it switched off.
    /// </summary>
    public const string FilesDisabled = "api.file.attachments.disabled.app_error";

    /// <summary>403 from newer servers (11.6); older ones (5.37) add a deactivated user without an error.</summary>
    public const string UserDeactivated = "app.channel.add_member.deleted_user.app_error";

    /// <summary>
    /// 500 from newer servers (11.6): another request with the same <c>pending_post_id</c> is under way. The post is
    /// looked up, and only then sent again.
    /// </summary>
    public const string PostUnderWay = "api.post.deduplicate_create_post.pending";

    /// <summary>403: the post is older than the server's limit of the message history (11.6: history-limit).</summary>
    public const string PostHidden = "app.post.cloud.get.app_error";

    /// <summary>
    /// 403: the license does not include the feature, from 6.3 on; older servers answer 501. No recorded server was
    /// that new.
    /// </summary>
    public const string LicenseMissing = "api.license_error";
}
