using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Finds posts before the anchor that were never seen. A server whose clock was set back gives new posts times that
/// were read already, and <c>after</c> goes by time: it does not return them.
/// </summary>
internal sealed class MissedPosts(
    MattermostAccess mattermost,
    StateStore store,
    MirrorRuntime runtime,
    MirrorRecord mirror
)
{
    private readonly ChannelReader _reader = new(mattermost.Bot);
    private readonly ChannelAccess _channels = new(mattermost);

    /// <summary>
    /// The posts up to <see cref="MirrorOptions.ChatLookBack"/> before the anchor that the store does not know, oldest
    /// first.
    /// </summary>
    /// <param name="anchorId">The anchor; if it is null, there are none.</param>
    /// <param name="anchorAt">Its create_at (ms).</param>
    /// <param name="changed">
    /// All posts that were written or changed since then, if the server could list them; else they are read.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<PostEvent>> FindAsync(
        string? anchorId,
        long anchorAt,
        PostList? changed,
        CancellationToken cancellationToken
    )
    {
        if (anchorId is null)
            return [];
        var earliest = anchorAt - (long)runtime.Options.ChatLookBack.TotalMilliseconds;
        var posts =
            changed?.Ascending
            ?? await _reader
                .ReadBeforeAsync(mirror.ChannelId, anchorId, earliest, cancellationToken)
                .ConfigureAwait(false);
        var unseen = posts
            .Where(post =>
                post.CreateAtMs >= earliest
                && post.CreateAtMs <= anchorAt
                && post.DeleteAtMs == 0
                && PostFilter.MayBeByPerson(post, mattermost.BotUser.Id)
                && !IsKnown(post)
            )
            .ToList();
        if (unseen.Count == 0)
            return [];
        var begin = store.EarliestKnown(mirror.Id, DeliveryDirection.ChatToWarRoom);
        if (unseen.Exists(post => post.CreateAtMs < begin))
        {
            // Written before the mirror began, unless the channel itself is newer than that.
            var channelCreatedAt = (
                await _channels.GetAsync(mirror.ChannelId, cancellationToken).ConfigureAwait(false)
            ).CreateAtMs;
            unseen.RemoveAll(post => post.CreateAtMs < begin && post.CreateAtMs >= channelCreatedAt);
        }

        return unseen.ConvertAll(post => new PostEvent(PostEventKind.Created, post));
    }

    private bool IsKnown(MattermostPost post) => store.PartsOf(mirror.Id, DeliveryDirection.ChatToWarRoom, post.Id) > 0;
}
