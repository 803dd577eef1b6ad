using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// One pass over mirrors without a listener, for runbooks that end: reads both sides once, delivers what was found and
/// what an earlier pass left, and returns. Where the listener tries without a limit, a pass gives up after some tries
/// and reports why.
/// </summary>
internal static class MirrorPass
{
    private const int MaxAttempts = 4;

    /// <summary>Delivers everything that exists now.</summary>
    /// <returns>The error of each mirror that could not be finished; its deliveries stay recorded.</returns>
    /// <exception cref="MattermostXsoarException">
    /// ListenerAlreadyRunning when another process holds the lease.
    /// </exception>
    public static async Task<IReadOnlyDictionary<string, Exception>> RunAsync(
        MirrorContext context,
        IReadOnlyCollection<string>? investigationIds,
        CancellationToken cancellationToken
    )
    {
        using var lease = ListenerLease.Take(context.Store.FilePath, context.Runtime.Time);
        var mirrors = context
            .Store.ReadMirrors()
            .Where(mirror =>
                mirror.State != MirrorState.Stopped
                && (investigationIds is null || investigationIds.Contains(mirror.InvestigationId))
            )
            .ToList();
        await context.Mattermost.Bot.Settings.GetAsync(cancellationToken).ConfigureAwait(false);
        var failures = new Dictionary<string, Exception>(StringComparer.Ordinal);
        foreach (var mirror in mirrors)
        {
            try
            {
                await PassAsync(context, mirror, cancellationToken).ConfigureAwait(false);
            }
            catch (AttemptsExhaustedException exhausted)
            {
                failures[mirror.InvestigationId] = Named(mirror, exhausted.InnerException ?? exhausted);
            }
            catch (Exception exception) when (!RetryLoop.IsStop(exception, cancellationToken))
            {
                failures[mirror.InvestigationId] = Named(mirror, exception);
            }
        }

        return failures;
    }

    /// <summary>
    /// Delivers what was written so far before mirrors are stopped, and warns where that is not possible. If another
    /// process runs the listener, that has read what was written up to a moment ago.
    /// </summary>
    public static async Task FinishAsync(
        MirrorContext context,
        IReadOnlyCollection<string> investigationIds,
        CancellationToken cancellationToken
    )
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = TimeLimit.Start(limited, context.Runtime.Options.StopPass, context.Runtime.Time);
        try
        {
            var failures = await RunAsync(context, investigationIds, limited.Token).ConfigureAwait(false);
            foreach (var failure in failures.Values)
                WarnIncomplete(context, failure.Message);
        }
        catch (MattermostXsoarException exception) when (exception.ErrorId == ErrorIds.ListenerAlreadyRunning)
        {
            // That listener does it.
        }
        catch (MattermostXsoarException exception)
        {
            WarnIncomplete(context, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            WarnIncomplete(context, "The pass before the stop took too long.");
        }
    }

    private static void WarnIncomplete(MirrorContext context, string reason) =>
        context.Runtime.Log.Warning(
            ListenerLogEvents.MirrorStopIncomplete,
            "No listener runs, and the pass before the stop could not deliver everything: "
                + $"{reason} What was recorded is delivered when the mirror is started again; what was not read is not "
                + "mirrored."
        );

    // Its channel may have been moved since the last pass: permalinks have the team's name.
    private static async Task<MirrorRecord> InItsTeamAsync(
        MirrorContext context,
        MirrorRecord mirror,
        CancellationToken cancellationToken
    )
    {
        var channels = new ChannelAccess(context.Mattermost);
        try
        {
            var channel = await channels.GetAsync(mirror.ChannelId, cancellationToken).ConfigureAwait(false);
            if (channel.TeamId.Length == 0 || channel.TeamId == mirror.TeamId)
                return mirror;
            var team = await channels.GetTeamAsync(channel, cancellationToken).ConfigureAwait(false);
            await new MirrorHealth(context.Store, context.Runtime, mirror).MoveAsync(team).ConfigureAwait(false);
            return mirror with { TeamId = team.Id, TeamName = team.Name };
        }
        catch (ApiException)
        {
            // The pass itself finds out what is wrong.
            return mirror;
        }
    }

    // The message has to name the mirror, since there are several; servers name a channel by its id.
    private static Exception Named(MirrorRecord mirror, Exception failure) =>
        failure is MattermostXsoarException known
            ? new MattermostXsoarException(
                known.ErrorId,
                known.Kind,
                $"The mirror {mirror.InvestigationId}/{mirror.ChannelName} could not be completed now: "
                    + ChannelNaming.Show(known.Message, mirror.ChannelId, mirror.ChannelName),
                known.Advice,
                known
            )
            : failure;

    private static async Task PassAsync(MirrorContext context, MirrorRecord mirror, CancellationToken cancellationToken)
    {
        mirror = await InItsTeamAsync(context, mirror, cancellationToken).ConfigureAwait(false);
        await NotAdded.TakeUpAsync(context.Store, mirror).ConfigureAwait(false);
        var worker = new MirrorWorker(context, mirror, MaxAttempts);
        var query = new IncidentQuery { Ids = [mirror.InvestigationId], Size = 1 };
        var incident = (
            await context.Xsoar.Client.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false)
        ).Data.FirstOrDefault(found => found.Id == mirror.InvestigationId);
        if (worker.Health.IsClosed)
        {
            if (incident is { IsClosed: false })
                await worker.Closer.ReopenAsync(incident, cancellationToken).ConfigureAwait(false);
            if (worker.Health.IsClosed)
                return;
            worker.Health.IsClosing = false;
        }

        if (incident is { IsClosed: true })
        {
            await worker.WarRoom.ReadAsync(cancellationToken).ConfigureAwait(false);
            await worker.WarRoomToChat.DrainAsync(cancellationToken).ConfigureAwait(false);
            await worker.Closer.CloseNowAsync(incident, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (mirror.MirrorsChat)
            await worker.Chat.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await worker.WarRoom.ReadAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(
                worker.ChatToWarRoom.DrainAsync(cancellationToken),
                worker.WarRoomToChat.DrainAsync(cancellationToken)
            )
            .ConfigureAwait(false);
        // Whether or not anything had to be delivered; and delivering may have added the bot.
        await worker.Channel.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (!worker.Channel.IsUsable)
        {
            throw new MattermostXsoarException(
                ErrorIds.MirrorIncomplete,
                ErrorKind.InvalidOperation,
                worker.Health.CurrentIssue ?? "Its channel cannot be used.",
                "Get-MattermostMirror shows whether it goes on after the next pass."
            );
        }
    }
}
