using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Chat;

/// <summary>
/// Compares, now and then, each channel's newest post with what was seen. An event that a server or a proxy lost without a
/// trace, the last before silence, leaves no gap in the numbers; this finds it with one call per team.
/// </summary>
internal sealed class ChannelReconciler(MirrorContext context, MirrorRoster roster)
{
    // A newest post that was deleted before it was read is not found again, however often one reads.
    private readonly Dictionary<long, long> _noted = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await context.Time.Delay(context.Options.Reconcile, stopping).ConfigureAwait(false);
            foreach (var team in roster.All.Where(loop => loop.Mirror.CarriesChat).Select(loop => loop.Mirror.TeamId).Distinct().ToList())
            {
                try
                {
                    await CompareAsync(team, stopping).ConfigureAwait(false);
                }
                catch (MattermostXsoarException exception)
                {
                    context.Log.Warning("NotCompared", FailurePolicy.Explain(exception));
                }
            }
        }
    }

    private async Task CompareAsync(string teamId, CancellationToken cancellationToken)
    {
        // What each mirror has seen is noted first: a post that comes during the call is then no false alarm twice.
        var seen = roster.All.ToDictionary(loop => loop, loop => loop.Chat.NewestAt);
        var channels = await context.Bot.Channels.ListForUserAsync(context.BotUser.Id, teamId, cancellationToken).ConfigureAwait(false);
        foreach (var channel in channels)
        {
            foreach (var loop in roster.OfChannel(channel.Id).Where(loop => loop.Mirror.CarriesChat && !loop.Chat.IsCatchingUp))
            {
                if (!seen.TryGetValue(loop, out var newest) || channel.LastPostAtMs <= newest
                    || (_noted.TryGetValue(loop.Mirror.Id, out var noted) && noted == channel.LastPostAtMs))
                {
                    continue;
                }

                _noted[loop.Mirror.Id] = channel.LastPostAtMs;
                loop.Chat.NoteGap();
            }
        }
    }
}
