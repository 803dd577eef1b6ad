using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// Makes the bot a member of channels, so that it can post, upload and read in them. The personal token adds it, to the
/// channel's team first where that is needed: no account can add itself to a private channel.
/// </summary>
internal sealed class BotMembership(MattermostClient bot, MattermostClient personal, MattermostUser botUser)
{
    /// <summary>Whether the bot is a member of a channel.</summary>
    public async Task<bool> IsMemberAsync(string channelId, CancellationToken cancellationToken)
    {
        try
        {
            // As the bot: the personal token's user may not be allowed to see the members of a private channel.
            await bot.Channels.GetMemberAsync(channelId, botUser.Id, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            return false;
        }
    }

    /// <summary>Makes the bot a member of a channel; nothing changes if it is one already.</summary>
    /// <param name="channel">The channel, of a team.</param>
    /// <param name="added">Called with a message for people after the bot was added.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiException">PermissionDenied, saying who can add the bot, if the personal token's user may
    /// not.</exception>
    public async Task EnsureAsync(ChannelAddress channel, Action<string>? added, CancellationToken cancellationToken)
    {
        if (!await IsMemberAsync(channel.Id, cancellationToken).ConfigureAwait(false))
            await AddAsync(channel, added, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a post as the bot; see <see cref="RunAsMemberAsync"/>.</summary>
    public Task<MattermostPost> PostAsync(
        MattermostChannel channel,
        NewPost post,
        Action<string>? added,
        CancellationToken cancellationToken
    ) =>
        RunAsMemberAsync(
            ChannelAddress.Of(channel),
            () => bot.Posts.CreateAsync(post, cancellationToken),
            added,
            cancellationToken
        );

    /// <summary>
    /// Does something as the bot that the server may allow to members of the channel only. Where the server refuses it
    /// and the bot is not a member, the bot is added and the call is repeated once. Nobody is added to direct and group
    /// messages.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="act">The call; repeated once after the bot was added.</param>
    /// <param name="added">Called with a message for people after the bot was added.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiException">What <paramref name="act"/> throws; PermissionDenied, saying who can add the bot,
    /// if the personal token's user may not.</exception>
    public async Task<T> RunAsMemberAsync<T>(
        ChannelAddress channel,
        Func<Task<T>> act,
        Action<string>? added,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (ApiException refused) when (refused.Kind == ErrorKind.Permission && channel.TeamId.Length > 0)
        {
            // A member that is refused lacks another permission.
            if (await IsMemberAsync(channel.Id, cancellationToken).ConfigureAwait(false))
                throw;
        }

        await AddAsync(channel, added, cancellationToken).ConfigureAwait(false);
        return await act().ConfigureAwait(false);
    }

    private async Task AddAsync(ChannelAddress channel, Action<string>? added, CancellationToken cancellationToken)
    {
        if (await TryAddToChannelAsync(channel, cancellationToken).ConfigureAwait(false))
        {
            added?.Invoke($"The bot {botUser} was not in the channel '{channel.Name}': the personal token added it.");
            return;
        }

        await AddToTeamAsync(channel, cancellationToken).ConfigureAwait(false);
        await AddToChannelAsync(channel, cancellationToken).ConfigureAwait(false);
        added?.Invoke(
            $"The bot {botUser} was not in the team of the channel '{channel.Name}': "
                + "the personal token added it to the team and to the channel."
        );
    }

    private async Task<bool> TryAddToChannelAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        try
        {
            await AddToChannelAsync(channel, cancellationToken).ConfigureAwait(false);
            return true;
        }
        // Not in the team: rest-error-404-channels-member-add-not-in-team.json.
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound && channel.TeamId.Length > 0)
        {
            return false;
        }
    }

    private async Task AddToChannelAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        try
        {
            await personal.Channels.AddMemberAsync(channel.Id, botUser.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException refused) when (refused.ErrorId == ErrorIds.PermissionDenied)
        {
            throw ChannelErrors.BotNotInChannel(channel, botUser, refused);
        }
    }

    private async Task AddToTeamAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        try
        {
            await personal.Teams.AddMemberAsync(channel.TeamId, botUser.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException refused) when (refused.ErrorId == ErrorIds.PermissionDenied)
        {
            throw ChannelErrors.BotNotInTeam(channel, botUser, refused);
        }
    }
}
