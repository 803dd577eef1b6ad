using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>
/// Finds a channel with the personal token or, if its user may not see it, with that of the bot; archived ones as well.
/// </summary>
internal static class ChannelFinder
{
    /// <exception cref="MattermostXsoarException">Among others ChannelNotFound.</exception>
    public static async Task<MattermostChannel> FindAsync(
        MattermostSession session,
        ChannelReference reference,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await reference.ResolveAsync(session, team, cancellationToken);
        }
        catch (ApiException missing) when (IsUnseen(missing))
        {
            if (await LookAgainAsync(session, reference, team, cancellationToken) is not { } found)
                throw;
            return found;
        }
    }

    // An archived channel is found by name only with includeDeleted; a private one that the personal token's user has
    // left (kickAdmin) only with the bot's token.
    private static async Task<MattermostChannel?> LookAgainAsync(
        MattermostSession session,
        ChannelReference reference,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        var home = await TeamReference.ResolveAsync(team, session, cancellationToken);
        foreach (var client in new[] { session.Personal, session.Bot })
        {
            try
            {
                return await client.Channels.GetByNameAsync(
                    home.Id,
                    reference.IdOrText,
                    includeDeleted: true,
                    cancellationToken
                );
            }
            catch (ApiException missing) when (IsUnseen(missing))
            {
                // The next client may see it.
            }
        }

        return MattermostId.IsPossible(reference.IdOrText)
            ? await AsBotAsync(session, reference.IdOrText, cancellationToken)
            : null;
    }

    private static async Task<MattermostChannel?> AsBotAsync(
        MattermostSession session,
        string channelId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await session.Bot.Channels.GetAsync(channelId, cancellationToken);
        }
        catch (ApiException missing) when (IsUnseen(missing))
        {
            return null;
        }
    }

    private static bool IsUnseen(ApiException error) =>
        error.ErrorId is ErrorIds.ChannelNotFound or ErrorIds.PermissionDenied;
}
