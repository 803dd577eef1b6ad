using System.Globalization;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The deliveries that were refused for good, and having them tried again.</summary>
internal static class FailedDeliveries
{
    /// <summary>All of them, without the messages' texts, in the order in which they were recorded.</summary>
    public static IReadOnlyList<MattermostFailedDelivery> Read(
        MattermostAccess mattermost,
        XsoarAccess xsoar,
        StateStore store
    )
    {
        var mirrors = store.ReadMirrors().ToDictionary(mirror => mirror.Id);
        return store.ReadFailed().ConvertAll(failed => View(mattermost, xsoar, mirrors[failed.MirrorId], failed));
    }

    /// <summary>
    /// Queues the failed deliveries of mirrors again; whoever delivers, here or in another process, looks them up and
    /// sends those that did not arrive. Stopped and closed mirrors deliver nothing, so theirs stay.
    /// </summary>
    /// <returns>How many wait again.</returns>
    public static async Task<int> RetryAsync(
        StateStore store,
        MirrorRuntime runtime,
        IReadOnlyCollection<string>? investigationIds
    )
    {
        var all = 0;
        foreach (
            var mirror in store
                .ReadMirrors()
                .Where(mirror =>
                    mirror.State is MirrorState.Active or MirrorState.Paused
                    && (investigationIds is null || investigationIds.Contains(mirror.InvestigationId))
                )
        )
        {
            var count = await store.RetryFailedAsync(mirror.Id).ConfigureAwait(false);
            if (count == 0)
                continue;
            all += count;
            MirrorMetrics.Requeued(count);
            runtime.Log.Information(
                ListenerLogEvents.RetryRequested,
                string.Format(CultureInfo.InvariantCulture, "{0} failed deliveries are tried again.", count),
                MirrorKey.Of(mirror),
                new() { Count = count }
            );
        }

        return all;
    }

    private static MattermostFailedDelivery View(
        MattermostAccess mattermost,
        XsoarAccess xsoar,
        MirrorRecord mirror,
        FailedDelivery failed
    )
    {
        var isFromChat = failed.Direction == DeliveryDirection.ChatToWarRoom;
        return new MattermostFailedDelivery
        {
            InvestigationId = mirror.InvestigationId,
            ChannelId = mirror.ChannelId,
            ChannelName = mirror.ChannelName,
            Direction = failed.Direction,
            Kind = failed.Kind.ToString(),
            SourceId = failed.SourceId,
            Source = isFromChat
                ? new Uri(BackLink.PermalinkOf(mattermost.Bot.PublicUri, mirror.TeamName, failed.SourceId))
                : xsoar.LinkTo(mirror.InvestigationId),
            Part = failed.Part,
            CreatedAt = failed.SourceAt,
            FailedAt = failed.FailedAt,
            Attempts = failed.Retries + 1,
            Reason = failed.Reason,
        };
    }
}
