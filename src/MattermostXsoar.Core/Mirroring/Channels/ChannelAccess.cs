using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
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

    /// <summary>The channel of that name or id, or null when there is none; an archived one is an error.</summary>
    /// <exception cref="MattermostXsoarException">ChannelArchived; InvalidArgument for a direct or group
    /// message.</exception>
    public async Task<MattermostChannel?> FindAsync(
        MattermostTeam team,
        string nameOrId,
        CancellationToken cancellationToken
    )
    {
        MattermostChannel? channel = null;
        if (ChannelName.LooksLikeId(nameOrId))
            channel = await OrNullAsync(() => mattermost.Personal.Channels.GetAsync(nameOrId, cancellationToken))
                .ConfigureAwait(false);
        channel ??= await OrNullAsync(() =>
                mattermost.Personal.Channels.GetByNameAsync(
                    team.Id,
                    ChannelName.From(nameOrId),
                    includeDeleted: true,
                    cancellationToken
                )
            )
            .ConfigureAwait(false);
        if (channel is { TeamId.Length: 0 })
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{nameOrId}' is a direct or group message, which cannot be mirrored.",
                "Give a public or private channel of a team with -Channel, or leave it out: then the investigation "
                    + "gets a channel of its own."
            );
        }

        if (channel is { IsArchived: true })
        {
            throw new MattermostXsoarException(
                ErrorIds.ChannelArchived,
                ErrorKind.Exists,
                $"The channel '{channel.Name}' in team '{team.Name}' is archived, so it cannot be mirrored and its "
                    + "name is taken.",
                "Restore it in Mattermost (channel settings, or 'Archived channels' in the channel browser), or give "
                    + "another name with -Channel."
            );
        }

        return channel;
    }

    /// <summary>Creates the channel and posts in it what it is for.</summary>
    public async Task<MattermostChannel> CreateAsync(
        MattermostTeam team,
        string displayName,
        bool isPrivate,
        string firstMessage,
        CancellationToken cancellationToken
    )
    {
        var channel = await mattermost
            .Personal.Channels.CreateAsync(
                new NewChannel
                {
                    TeamId = team.Id,
                    Name = ChannelName.From(displayName),
                    DisplayName = displayName.Trim(),
                    Type = isPrivate ? "P" : "O",
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await mattermost
            .BotMembership.EnsureAsync(ChannelAddress.Of(channel), added: null, cancellationToken)
            .ConfigureAwait(false);
        await mattermost
            .Bot.Posts.CreateAsync(new NewPost { ChannelId = channel.Id, Message = firstMessage }, cancellationToken)
            .ConfigureAwait(false);
        return channel;
    }

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
        var namesake = await OrNullAsync(() =>
                mattermost.Personal.Channels.GetByNameAsync(team.Id, name, includeDeleted: true, cancellationToken)
            )
            .ConfigureAwait(false);
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

        var patch = new ChannelPatch { Name = name, DisplayName = displayName.Trim() };
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
