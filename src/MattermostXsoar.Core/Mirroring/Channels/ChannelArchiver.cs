using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>Archives a mirror's channel.</summary>
internal static class ChannelArchiver
{
    /// <summary>Archives the channel; one that is archived already is left so.</summary>
    public static async Task ArchiveAsync(MirrorContext context, string channelId, CancellationToken cancellationToken)
    {
        var channel = await ChannelAccess.GetAsync(context, channelId, cancellationToken).ConfigureAwait(false);
        if (channel.IsArchived)
            return;
        try
        {
            await context.Personal.Channels.DeleteAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound)
        {
            // After kickAdmin the personal token's user is not in the channel; the bot is.
            await context.Bot.Channels.DeleteAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
    }
}
