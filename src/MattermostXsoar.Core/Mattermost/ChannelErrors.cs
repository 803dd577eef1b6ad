using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Errors about channels that say more than the server does.</summary>
internal static class ChannelErrors
{
    public static ApiException Archived(MattermostChannel channel, ApiException refused) =>
        Because(
            ErrorIds.ChannelArchived,
            ErrorKind.InvalidOperation,
            $"The channel '{channel.Name}' is archived and cannot be changed.",
            "Restore it in Mattermost first.",
            refused
        );

    public static MattermostXsoarException NoPosts(MattermostChannel channel) =>
        new(
            ErrorIds.ChannelArchived,
            ErrorKind.InvalidOperation,
            $"The channel '{channel.Name}' is archived: nothing can be posted in it.",
            "Restore it in Mattermost, or choose another channel."
        );

    /// <summary>The text is the original integration's: people know it.</summary>
    public static ApiException ArchivedNamesake(MattermostChannel namesake, ApiException refused) =>
        Because(
            ErrorIds.ChannelArchived,
            ErrorKind.Exists,
            "Could not create a new channel. An archived channel with the same name may exist in the provided team. "
                + "Please choose a different name.",
            $"The archived channel is '{namesake.DisplayName}' ({namesake.Id}). Restore it in Mattermost, or choose "
                + "another -Name.",
            refused
        );

    /// <summary>The text is the original integration's: people know it.</summary>
    public static ApiException NothingToClose(string name, ApiException missing) =>
        Because(
            ErrorIds.ChannelNotFound,
            ErrorKind.NotFound,
            $"The channel {name} was not found. It may have been already deleted, or not in the team provided.",
            "Check the channel's name, as in its links, and its team.",
            missing
        );

    /// <summary>The server does not name the user, which matters when several were given.</summary>
    public static ApiException OfMember(MattermostChannel channel, MattermostUser user, ApiException refused) =>
        refused.ServerErrorId switch
        {
            ServerErrorIds.ChannelMemberMissing => Because(
                ErrorIds.UserNotFound,
                ErrorKind.NotFound,
                $"{user} is not in the channel '{channel.Name}'.",
                $"Get-MattermostUser -Channel {channel.Name} lists its members; Add-MattermostChannelMember adds "
                    + "others.",
                refused
            ),
            ServerErrorIds.TeamMemberMissing => Because(
                ErrorIds.UserNotFound,
                ErrorKind.NotFound,
                $"{user} is not in the team of the channel '{channel.Name}'.",
                "Add the user to the team first: only members of a team can be in its channels.",
                refused
            ),
            _ => refused,
        };

    /// <summary>Only members can add others to a private channel, and /invite is the shortest way.</summary>
    public static ApiException BotNotInChannel(ChannelAddress channel, MattermostUser bot, ApiException refused) =>
        Because(
            ErrorIds.PermissionDenied,
            ErrorKind.Permission,
            $"The bot {bot} is not in the channel '{channel.Name}', and the personal token's user may not add it.",
            $"Have a member of the channel add the bot, by writing there: /invite {bot}. Or make the personal token's "
                + "user a member with the permission manage_public_channel_members, or manage_private_channel_members "
                + "if the channel is private.",
            refused
        );

    public static ApiException BotNotInTeam(ChannelAddress channel, MattermostUser bot, ApiException refused) =>
        Because(
            ErrorIds.PermissionDenied,
            ErrorKind.Permission,
            $"The bot {bot} is not in the team of the channel '{channel.Name}', and the personal token's user may not "
                + "add it.",
            "Have an administrator of the team add the bot to the team, or give the personal token's user the "
                + "permission add_user_to_team.",
            refused
        );

    /// <summary>Everybody in the team can read a public channel, whoever its members are.</summary>
    public static MattermostXsoarException MoreOpen(
        MattermostChannel channel,
        ChannelReaders readers,
        string askedFor,
        string advice
    ) =>
        new(
            ErrorIds.ChannelMoreOpen,
            ErrorKind.Exists,
            $"The channel '{channel.Name}' is {readers}, so everybody in its team can read it, and {askedFor}.",
            advice
        );

    /// <summary>The server does not name the people, nor what is missing.</summary>
    /// <param name="bot">The bot.</param>
    /// <param name="people">Those who have no team in common with it.</param>
    /// <param name="refused">The server's refusal.</param>
    public static ApiException NoCommonTeam(
        MattermostUser bot,
        IReadOnlyList<MattermostUser> people,
        ApiException refused
    ) =>
        Because(
            ErrorIds.PermissionDenied,
            ErrorKind.Permission,
            $"{string.Join(", ", people)} {(people.Count == 1 ? "has" : "have")} no team in common with the bot {bot}, "
                + "and this Mattermost server allows direct messages only between people who have one.",
            $"Add {(people.Count == 1 ? "the user" : "them")} to a team of the bot, or the bot to one of theirs; or have "
                + "direct messages with any user allowed in the System Console (RestrictDirectMessage).",
            refused
        );

    public static ApiException NameTaken(string name, ApiException refused) =>
        Because(
            ErrorIds.ChannelExists,
            ErrorKind.Exists,
            $"Another channel of the team has the name '{name}' already; it may be archived.",
            "Choose another name.",
            refused
        );

    private static ApiException Because(
        string errorId,
        ErrorKind kind,
        string message,
        string advice,
        ApiException refused
    ) =>
        new(errorId, kind, message, advice, refused)
        {
            StatusCode = refused.StatusCode,
            ServerErrorId = refused.ServerErrorId,
            RequestId = refused.RequestId,
        };
}
