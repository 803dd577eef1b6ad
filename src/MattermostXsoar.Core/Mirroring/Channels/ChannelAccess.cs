using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>
/// Finds, creates, renames and archives the channels of mirrors, with whichever of the two accounts is allowed to:
/// after kickAdmin the bot is in the channel and the personal token's user no longer is.
/// </summary>
internal sealed class ChannelAccess(MattermostAccess mattermost)
{
    /// <summary>A mirror's channel.</summary>
    public async Task<MattermostChannel> GetAsync(string channelId, CancellationToken cancellationToken)
    {
        try
        {
            return await mattermost.Personal.Channels.GetAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Permission)
        {
            return await mattermost.Bot.Channels.GetAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The team of a channel.</summary>
    public async Task<MattermostTeam> GetTeamAsync(MattermostChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            return await mattermost.Personal.Teams.GetAsync(channel.TeamId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Permission)
        {
            return await mattermost.Bot.Teams.GetAsync(channel.TeamId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The channel of that id or name, archived or not, or null when there is none that the account
    /// sees.</summary>
    public async Task<MattermostChannel?> FindAsync(
        MattermostTeam team,
        string nameOrId,
        CancellationToken cancellationToken
    )
    {
        if (
            ChannelName.LooksLikeId(nameOrId)
            && await OrNullAsync(() => mattermost.Personal.Channels.GetAsync(nameOrId, cancellationToken))
                .ConfigureAwait(false)
                is { } channel
        )
            return channel;
        // A server may allow names that this module does not make, such as "q" and "soc_".
        var (typed, name) = (nameOrId.Trim().ToLowerInvariant(), ChannelName.From(nameOrId));
        return
            typed != name
            && ChannelLimits.IsPossibleName(typed)
            && await FindByNameAsync(team, typed, cancellationToken).ConfigureAwait(false) is { } exact
            ? exact
            : await FindByNameAsync(team, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The channel that has that name on the server, archived or not, or null.</summary>
    public Task<MattermostChannel?> FindByNameAsync(
        MattermostTeam team,
        string name,
        CancellationToken cancellationToken
    ) =>
        OrNullAsync(() =>
            mattermost.Personal.Channels.GetByNameAsync(team.Id, name, includeDeleted: true, cancellationToken)
        );

    /// <summary>Who can read a channel now, as far as one of the two accounts may see that.</summary>
    public async Task<ChannelReaders> GetReadersAsync(MattermostChannel channel, CancellationToken cancellationToken)
    {
        var readers = await mattermost.Bot.Channels.GetReadersAsync(channel, cancellationToken).ConfigureAwait(false);
        return readers.Members is not null
            ? readers
            : await mattermost.Personal.Channels.GetReadersAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether this module created the channel for that investigation. Nobody can forge who created it.</summary>
    public bool IsOwn(MattermostChannel channel, string investigationId) =>
        (channel.CreatorId == mattermost.PersonalUser.Id || channel.CreatorId == mattermost.BotUser.Id)
        && channel.Purpose == PurposeOf(investigationId);

    /// <summary>Creates the channel of a plan.</summary>
    /// <exception cref="ApiException">ChannelExists, among others: the name is taken.</exception>
    public async Task<MattermostChannel> CreateAsync(
        MattermostTeam team,
        string name,
        MirrorPlan plan,
        CancellationToken cancellationToken
    ) =>
        await mattermost
            .Personal.Channels.CreateAsync(
                new NewChannel
                {
                    TeamId = team.Id,
                    Name = name,
                    DisplayName = ChannelName.DisplayOf(plan.DisplayName),
                    Type = plan.IsPrivate ? "P" : "O",
                    Purpose = PurposeOf(plan.Request.InvestigationId),
                },
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Renames the channel; a name that is taken changes nothing.</summary>
    /// <exception cref="MattermostXsoarException">ChannelExists.</exception>
    public async Task<MattermostChannel> RenameAsync(
        MattermostTeam team,
        MattermostChannel channel,
        string displayName,
        CancellationToken cancellationToken
    )
    {
        var name = ChannelName.From(displayName);
        await CheckNameAsync(team, channel, name, cancellationToken).ConfigureAwait(false);
        var patch = new ChannelPatch { Name = name, DisplayName = ChannelName.DisplayOf(displayName) };
        try
        {
            return await mattermost
                .Personal.Channels.PatchAsync(channel.Id, patch, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Permission)
        {
            return await mattermost.Bot.Channels.PatchAsync(channel.Id, patch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Checks that a channel can be given a name, as far as the account sees the team's channels.</summary>
    /// <exception cref="MattermostXsoarException">ChannelExists.</exception>
    public async Task CheckNameAsync(
        MattermostTeam team,
        MattermostChannel channel,
        string name,
        CancellationToken cancellationToken
    )
    {
        var namesake = await FindByNameAsync(team, name, cancellationToken).ConfigureAwait(false);
        if (namesake is not null && namesake.Id != channel.Id)
        {
            throw new MattermostXsoarException(
                ErrorIds.ChannelExists,
                ErrorKind.Exists,
                $"The mirror's channel '{channel.Name}' cannot be renamed to '{name}': team '{team.Name}' has "
                    + $"{(namesake.IsArchived ? "an archived" : "a")} channel of that name.",
                "Choose another name, or leave -Channel out to keep the channel's name."
            );
        }
    }

    /// <summary>Archives the channel; one that is archived already is left so.</summary>
    public async Task ArchiveAsync(string channelId, CancellationToken cancellationToken)
    {
        var channel = await GetAsync(channelId, cancellationToken).ConfigureAwait(false);
        if (channel.IsArchived)
            return;
        try
        {
            await mattermost.Personal.Channels.DeleteAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound)
        {
            await mattermost.Bot.Channels.DeleteAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
    }

    // What the channel is for, where people look for that; and how a channel is recognized if the state file is lost.
    private static string PurposeOf(string investigationId) =>
        $"Mirrors the War Room of investigation {investigationId} (Cortex XSOAR).";

    private static async Task<MattermostChannel?> OrNullAsync(Func<Task<MattermostChannel>> get)
    {
        try
        {
            return await get().ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind == ErrorKind.NotFound || exception.ErrorId == ErrorIds.ChannelNotFound)
        {
            return null;
        }
    }
}
