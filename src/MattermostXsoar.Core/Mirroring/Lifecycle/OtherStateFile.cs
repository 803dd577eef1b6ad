using System.Globalization;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Finds that the investigation may be mirrored with another state file already: its channel has recent posts of this
/// bot that this one does not know. Two listeners that do not know of each other mirror every message twice.
/// </summary>
internal sealed class OtherStateFile(MattermostAccess mattermost, StateStore store, MirrorRuntime runtime)
{
    private const int PageSize = 200;

    // Of older ones the store need not know any more, and whoever made them has been quiet for long.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>Warns before a mirror begins; one that goes on knows its posts.</summary>
    public async Task WarnAsync(MirrorPlan plan, MattermostChannel channel, CancellationToken cancellationToken)
    {
        if (plan.Previous is { State: not MirrorState.Stopped })
            return;
        var page = await mattermost
            .Bot.Posts.ListAsync(channel.Id, 0, PageSize, cancellationToken)
            .ConfigureAwait(false);
        var since = (runtime.Time.GetUtcNow() - Recent).ToUnixTimeMilliseconds();
        var unknown = page.Ascending.LastOrDefault(post =>
            post.UserId == mattermost.BotUser.Id
            && post.InvestigationId == plan.Request.InvestigationId
            && post.CreateAtMs >= since
            && !IsKnown(plan, post)
        );
        if (unknown is null)
            return;
        runtime.Log.Warning(
            ListenerLogEvents.MirroredElsewhere,
            string.Format(
                CultureInfo.InvariantCulture,
                "The channel '{0}' has posts of this bot for investigation {1}, the last of {2:yyyy-MM-dd HH:mm}Z, that the "
                    + "state file '{3}' does not know. If a listener with another -StatePath still mirrors it, each "
                    + "message comes twice: stop the mirror there first. If that state file was lost, ignore this.",
                channel.Name,
                plan.Request.InvestigationId,
                DateTimeOffset.FromUnixTimeMilliseconds(unknown.CreateAtMs).UtcDateTime,
                store.FilePath
            ),
            new MirrorKey(plan.Request.InvestigationId, channel.Id, channel.Name)
        );
    }

    private bool IsKnown(MirrorPlan plan, MattermostPost post) =>
        plan.Known.Any(mirror =>
            store.IsOurs(
                mirror.Id,
                DeliveryDirection.WarRoomToChat,
                post.Id,
                DateTimeOffset.FromUnixTimeMilliseconds(0)
            )
        );
}
