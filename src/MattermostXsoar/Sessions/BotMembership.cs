using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Sessions;

/// <summary>Writes as the bot where the bot may not be yet: then the personal token brings it in.</summary>
internal static class BotMembership
{
    public static async Task<MattermostPost> PostAsync(
        MattermostSession session, MattermostChannel channel, NewPost post, Action<string> explain, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Bot.Posts.CreateAsync(post, cancellationToken);
        }
        catch (ApiException refused) when (refused.ErrorId == ErrorIds.PermissionDenied)
        {
            explain($"The bot is not in the channel '{channel.Name}': the personal token adds it.");
            await AddBotAsync(session, channel, cancellationToken);
            return await session.Bot.Posts.CreateAsync(post, cancellationToken);
        }
    }

    private static async Task AddBotAsync(MattermostSession session, MattermostChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            if (channel.TeamId.Length > 0)
                await session.Personal.Teams.AddMemberAsync(channel.TeamId, session.BotUser.Id, cancellationToken);
            await session.Personal.Channels.AddMemberAsync(channel.Id, session.BotUser.Id, cancellationToken);
        }
        catch (ApiException refused) when (refused.ErrorId == ErrorIds.PermissionDenied)
        {
            throw new MattermostXsoarException(
                ErrorIds.PermissionDenied, ErrorKind.Permission,
                $"The bot {session.BotUser} is not in the channel '{channel.Name}', and the personal token may not add it.",
                $"Have somebody who is in the channel write there: /invite {session.BotUser}", refused);
        }
    }
}
