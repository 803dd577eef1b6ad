using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Chat;

/// <summary>
/// Compares, at the start and now and then, the channels that the bot is in with what is known of them: their newest posts,
/// their names, and whether they are there at all. An event that a server or a proxy lost without a trace, the last before
/// silence, leaves no gap in the numbers; this finds it with one call per team.
/// </summary>
internal sealed class ChannelReconciler(MirrorContext context, MirrorRoster roster)
{
    private readonly RepeatedTrouble _trouble = new(context.Log, context.Time, ListenerLogEvents.NotCompared, ListenerLogLevel.Warning);

    // A newest post that was deleted before it was read is not found again, however often one reads.
    private readonly Dictionary<long, long> _noted = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            foreach (var team in roster.All.Select(loop => loop.Mirror.TeamId).Distinct().ToList())
            {
                try
                {
                    await CompareAsync(team, stopping).ConfigureAwait(false);
                    _trouble.Over();
                }
                catch (MattermostXsoarException exception)
                {
                    _trouble.Met(exception);
                    if (exception is ApiException { Kind: ErrorKind.Permission or ErrorKind.NotFound })
                        LookAtAll(team);
                }
            }

            await context.Time.Delay(context.Options.Reconcile, stopping).ConfigureAwait(false);
        }
    }

    private async Task CompareAsync(string teamId, CancellationToken cancellationToken)
    {
        // What each mirror has seen is noted first: a post that comes during the call is then no false alarm twice.
        var seen = roster.All.Where(loop => loop.Mirror.TeamId == teamId).ToDictionary(loop => loop, loop => loop.Chat.NewestAt);
        var channels = (await context.Bot.Channels.ListForUserAsync(context.BotUser.Id, teamId, cancellationToken).ConfigureAwait(false))
            .ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        foreach (var (loop, newest) in seen.Select(pair => (pair.Key, pair.Value)))
        {
            // Archived channels are not listed.
            var isThere = channels.TryGetValue(loop.Mirror.ChannelId, out var channel);
            if (isThere != loop.Standing.IsSound && !loop.Status.IsClosed)
                loop.Standing.Look();
            if (channel is null)
                continue;
            await loop.Status.RenameAsync(channel.Name).ConfigureAwait(false);
            if (loop.Mirror.CarriesChat && !loop.Chat.IsCatchingUp)
                CompareNewest(loop, channel, newest);
        }
    }

    private void CompareNewest(MirrorLoop loop, MattermostChannel channel, long newest)
    {
        if (channel.LastPostAtMs <= newest || (_noted.TryGetValue(loop.Mirror.Id, out var noted) && noted == channel.LastPostAtMs))
            return;
        _noted[loop.Mirror.Id] = channel.LastPostAtMs;
        loop.Chat.NoteGap();
    }

    private void LookAtAll(string teamId)
    {
        foreach (var loop in roster.All.Where(loop => loop.Mirror.TeamId == teamId && loop.Standing.IsSound && !loop.Status.IsClosed))
            loop.Standing.Look();
    }
}
