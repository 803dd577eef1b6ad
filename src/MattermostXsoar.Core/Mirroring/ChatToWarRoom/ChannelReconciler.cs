using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Compares, at the start and now and then, the channels that the bot is in with what is known of them: their newest
/// posts, their names, and whether they are there at all. An event that a server or a proxy lost without a trace, the
/// last before silence, leaves no gap in the numbers; this finds it with one call per team.
/// </summary>
internal sealed class ChannelReconciler(MirrorContext context, MirrorSupervisor roster)
{
    private readonly RecurringErrorLog _trouble = new(
        context.Log,
        context.Time,
        ListenerLogEvents.ChannelCheckFailed,
        ListenerLogLevel.Warning
    );

    // A newest post that was deleted before it was read is not found again, however often one reads.
    private readonly Dictionary<long, long> _noted = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            foreach (var team in roster.All.Select(worker => worker.Mirror.TeamId).Distinct().ToList())
            {
                try
                {
                    await CompareAsync(team, stopping).ConfigureAwait(false);
                    _trouble.Resolve();
                }
                catch (MattermostXsoarException exception)
                {
                    _trouble.Report(exception);
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
        var seen = roster
            .All.Where(worker => worker.Mirror.TeamId == teamId)
            .ToDictionary(worker => worker, worker => worker.Chat.NewestAt);
        var channels = (
            await context
                .Bot.Channels.ListForUserAsync(context.BotUser.Id, teamId, cancellationToken)
                .ConfigureAwait(false)
        ).ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        foreach (var (worker, newest) in seen.Select(pair => (pair.Key, pair.Value)))
        {
            // Archived channels are not listed.
            var isThere = channels.TryGetValue(worker.Mirror.ChannelId, out var channel);
            if (isThere != worker.Channel.IsSound && !worker.Health.IsClosed)
                worker.Channel.Look();
            if (channel is null)
                continue;
            await worker.Health.RenameAsync(channel.Name).ConfigureAwait(false);
            if (worker.Mirror.CarriesChat && !worker.Chat.IsCatchingUp)
                CompareNewest(worker, channel, newest);
        }
    }

    private void CompareNewest(MirrorWorker worker, MattermostChannel channel, long newest)
    {
        if (
            channel.LastPostAtMs <= newest
            || (_noted.TryGetValue(worker.Mirror.Id, out var noted) && noted == channel.LastPostAtMs)
        )
            return;
        _noted[worker.Mirror.Id] = channel.LastPostAtMs;
        worker.Chat.NoteGap();
    }

    private void LookAtAll(string teamId)
    {
        foreach (
            var worker in roster.All.Where(worker =>
                worker.Mirror.TeamId == teamId && worker.Channel.IsSound && !worker.Health.IsClosed
            )
        )
            worker.Channel.Look();
    }
}
