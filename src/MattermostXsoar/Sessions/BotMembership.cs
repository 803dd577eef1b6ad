using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Sessions;

/// <summary>Writes as the bot where the bot may not be yet: then the personal token brings it in.</summary>
internal static class BotMembership
{
    public static Task<MattermostPost> PostAsync(
        MattermostSession session,
        MattermostChannel channel,
        NewPost post,
        Action<string> explain,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            session,
            channel,
            () => session.Bot.Posts.CreateAsync(post, cancellationToken),
            explain,
            cancellationToken
        );

    /// <summary>Does something that only members of the channel may; once more after bringing the bot in.</summary>
    public static async Task<T> TryAsync<T>(
        MattermostSession session,
        MattermostChannel channel,
        Func<Task<T>> act,
        Action<string> explain,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await act();
        }
        // Nobody is added to the messages between people.
        catch (ApiException refused)
            when (refused.ErrorId == ErrorIds.PermissionDenied && channel.Type is not ("D" or "G"))
        {
            explain($"The bot is not in the channel '{channel.Name}': the personal token adds it.");
            await AddBotAsync(session, channel, cancellationToken);
            return await act();
        }
    }

    private static async Task AddBotAsync(
        MattermostSession session,
        MattermostChannel channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            try
            {
                await session.Personal.Channels.AddMemberAsync(channel.Id, session.BotUser.Id, cancellationToken);
            }
            // Not in the team: rest-error-404-channels-member-add-not-in-team.json.
            catch (ApiException outside) when (outside.Kind == ErrorKind.NotFound && channel.TeamId.Length > 0)
            {
                await session.Personal.Teams.AddMemberAsync(channel.TeamId, session.BotUser.Id, cancellationToken);
                await session.Personal.Channels.AddMemberAsync(channel.Id, session.BotUser.Id, cancellationToken);
            }
        }
        catch (ApiException refused) when (refused.ErrorId == ErrorIds.PermissionDenied)
        {
            throw new MattermostXsoarException(
                ErrorIds.PermissionDenied,
                ErrorKind.Permission,
                $"The bot {session.BotUser} is not in the channel '{channel.Name}', and the personal token may not add it.",
                $"Have somebody who is in the channel write there: /invite {session.BotUser}",
                refused
            );
        }
    }
}
