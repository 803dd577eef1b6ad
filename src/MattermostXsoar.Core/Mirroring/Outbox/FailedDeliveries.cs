using System.Globalization;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The lines that were refused for good, and having them tried again.</summary>
internal static class FailedDeliveries
{
    /// <summary>All of them, without their texts, in the order in which they were recorded.</summary>
    public static IReadOnlyList<MattermostFailedDelivery> Read(MirrorContext context)
    {
        var mirrors = context.Store.ReadMirrors().ToDictionary(mirror => mirror.Id);
        return context.Store.ReadFailed().ConvertAll(line => View(context, mirrors[line.MirrorId], line));
    }

    /// <summary>
    /// Lets the refused lines of mirrors wait again; whoever delivers, here or in another process, looks them up and
    /// sends those that are not there. Stopped and closed mirrors carry nothing, so theirs stay.
    /// </summary>
    /// <returns>How many lines wait again.</returns>
    public static async Task<int> RetryAsync(MirrorContext context, IReadOnlyCollection<string>? investigationIds)
    {
        var all = 0;
        foreach (
            var mirror in context
                .Store.ReadMirrors()
                .Where(mirror =>
                    mirror.State is MirrorState.Active or MirrorState.Paused
                    && (investigationIds is null || investigationIds.Contains(mirror.InvestigationId))
                )
        )
        {
            var count = await context.Store.RetryFailedAsync(mirror.Id).ConfigureAwait(false);
            if (count == 0)
                continue;
            all += count;
            MirrorMetrics.Retried(count);
            context.Log.Information(
                ListenerLogEvents.RetryRequested,
                string.Format(CultureInfo.InvariantCulture, "{0} refused lines are tried again.", count),
                MirrorKey.Of(mirror),
                new() { Count = count }
            );
        }

        return all;
    }

    private static MattermostFailedDelivery View(MirrorContext context, MirrorRecord mirror, FailedDelivery line)
    {
        var isFromChat = line.Direction == DeliveryDirection.ChatToWarRoom;
        return new MattermostFailedDelivery
        {
            InvestigationId = mirror.InvestigationId,
            ChannelId = mirror.ChannelId,
            ChannelName = mirror.ChannelName,
            Direction = isFromChat ? MirrorDirection.ToDemisto : MirrorDirection.FromDemisto,
            Kind = line.Kind.ToString(),
            SourceId = line.SourceId,
            Source = isFromChat
                ? new Uri(BackLink.PermalinkOf(context.Bot.BaseUri, mirror.TeamName, line.SourceId))
                : context.WarRoomLink(mirror.InvestigationId),
            Part = line.Part,
            SaidAt = line.SourceAt,
            FailedAt = line.FailedAt,
            Attempts = line.Retries + 1,
            Reason = line.Reason,
        };
    }
}
