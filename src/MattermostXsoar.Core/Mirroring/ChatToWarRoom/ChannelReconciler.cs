using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Compares, at the start and at an interval, the channels that the bot is in with what is known of them: their newest
/// posts, their names, and whether they exist at all. If a server or a proxy loses an event and no other follows, there
/// is no gap in the sequence numbers; this comparison finds it, with one call per team.
/// </summary>
internal sealed class ChannelReconciler(MattermostAccess mattermost, MirrorRuntime runtime, IChatMirrors mirrors)
{
    private readonly RecurringErrorLog _errors = new(
        runtime.Log,
        runtime.Time,
        ListenerLogEvents.ChannelCheckFailed,
        ListenerLogLevel.Warning
    );

    public Task RunAsync(CancellationToken stopping) =>
        new RetryLoop(runtime, _errors).RepeatAsync(
            () => CompareAllAsync(stopping),
            runtime.Options.Reconcile,
            stopping
        );

    private async Task CompareAllAsync(CancellationToken cancellationToken)
    {
        await mattermost.Bot.Settings.GetAsync(cancellationToken).ConfigureAwait(false);
        foreach (var team in mirrors.All.Select(mirror => mirror.Mirror.TeamId).Distinct().ToList())
        {
            try
            {
                await CompareAsync(team, cancellationToken).ConfigureAwait(false);
                _errors.Resolve();
            }
            catch (ApiException exception) when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound)
            {
                // It concerns this team only, and each of its mirrors finds out what is wrong.
                _errors.Report(exception);
                foreach (var mirror in OfTeam(team).Where(mirror => mirror.Channel.IsUsable && !mirror.Health.IsClosed))
                    mirror.Channel.RequestCheck();
            }
        }
    }

    private async Task CompareAsync(string teamId, CancellationToken cancellationToken)
    {
        // What each mirror has seen is read first: a post that comes during the call then causes no reading twice.
        var seen = OfTeam(teamId).ToDictionary(mirror => mirror, mirror => mirror.Chat.NewestAt);
        var channels = (
            await mattermost
                .Bot.Channels.ListForUserAsync(mattermost.BotUser.Id, teamId, cancellationToken)
                .ConfigureAwait(false)
        ).ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        foreach (var (mirror, newest) in seen.Select(pair => (pair.Key, pair.Value)))
        {
            // Archived channels are not listed.
            var isListed = channels.TryGetValue(mirror.Mirror.ChannelId, out var channel);
            if (isListed != mirror.Channel.IsUsable && !mirror.Health.IsClosed)
                mirror.Channel.RequestCheck();
            if (channel is null)
                continue;
            await mirror.Health.RenameAsync(channel.Name).ConfigureAwait(false);
            if (channel.TeamId != mirror.Mirror.TeamId)
                mirror.Channel.RequestCheck();
            mirror.Chat.Compare(channel.LastPostAtMs, newest);
        }
    }

    private List<IChatMirror> OfTeam(string teamId) =>
        mirrors.All.Where(mirror => mirror.Mirror.TeamId == teamId).ToList();
}
