using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Reads which posts of a channel were edited or deleted since a time. The server lists what changed, but at most 1000
/// posts and without indicating which it left out; when it may have left some out, everything that was mirrored is
/// compared with what the channel holds now. Posts that were deleted for good are not in it either.
/// </summary>
internal sealed class ChangeReader(
    MattermostAccess mattermost,
    StateStore store,
    MirrorRuntime runtime,
    MirrorRecord mirror
)
{
    // server/channels/store/sqlstore/post_store.go, GetPostsSince: LIMIT 1000.
    private const int SinceLimit = 1000;

    private readonly ChannelReader _reader = new(mattermost.Bot);

    /// <summary>
    /// The changes, in the order in which they happened, the time up to which they are complete, and everything that
    /// was written or changed in the look-back before <paramref name="since"/> and from then on; null where the server
    /// could not list that.
    /// </summary>
    /// <param name="since">The time to begin at (ms, the server's clock).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(List<PostEvent> Changes, long UpTo, PostList? All)> ReadAsync(
        long since,
        CancellationToken cancellationToken
    )
    {
        // On a server whose clock was set back, changes have times that were read already.
        var all = await ListAsync(since - (long)runtime.Options.ChatLookBack.TotalMilliseconds, cancellationToken)
            .ConfigureAwait(false);
        // Hidden posts are left out after the list was cut: it may have been a full one.
        var isComplete = all.Posts.Count < SinceLimit && !all.HidesPosts;
        var posts = isComplete ? all : await ListAsync(since, cancellationToken).ConfigureAwait(false);
        var upTo = posts.Posts.Count > 0 ? posts.Posts.Values.Max(post => post.UpdateAtMs) : since;
        var changes = Changes(posts);
        if (posts.Posts.Count >= SinceLimit || posts.HidesPosts)
            changes.AddRange(await CompareAsync(cancellationToken).ConfigureAwait(false));
        else if (isComplete)
            changes.AddRange(await FindMissingAsync(all, since, cancellationToken).ConfigureAwait(false));
        return ([.. changes.OrderBy(change => change.At)], upTo, isComplete ? all : null);
    }

    private Task<PostList> ListAsync(long since, CancellationToken cancellationToken) =>
        mattermost.Bot.Posts.ListSinceAsync(
            mirror.ChannelId,
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(1, since)),
            cancellationToken
        );

    private List<PostEvent> Changes(PostList posts)
    {
        var changes = new List<PostEvent>();
        foreach (var post in posts.Posts.Values)
        {
            if (post.DeleteAtMs > 0 && !IsDeletedWithRoot(post, posts))
                changes.Add(new PostEvent(PostEventKind.Deleted, post));
            else if (post.DeleteAtMs == 0)
                changes.Add(new PostEvent(PostEventKind.Updated, post));
        }

        return changes;
    }

    // Deleting a post deletes its replies with it, at the same time; one entry reports them all.
    private bool IsDeletedWithRoot(MattermostPost reply, PostList posts) =>
        reply.RootId.Length > 0
        && posts.Posts.TryGetValue(reply.RootId, out var root)
        && root.DeleteAtMs == reply.DeleteAtMs
        && store.IsMirrored(mirror.Id, DeliveryDirection.ChatToWarRoom, root.Id);

    private async Task<List<PostEvent>> CompareAsync(CancellationToken cancellationToken)
    {
        var changes = new List<PostEvent>();
        var known = store.ReadKnown(mirror.Id, DeliveryDirection.ChatToWarRoom, 0);
        if (known.Count == 0)
            return changes;
        var (posts, hiddenUpTo) = await _reader
            .ReadSinceAsync(mirror.ChannelId, known[0].SourceAt, cancellationToken)
            .ConfigureAwait(false);
        var existing = posts.ToDictionary(post => post.Id, StringComparer.Ordinal);
        // What the server's limit of the message history hides is there, and its changes cannot be read.
        foreach (var message in known.Where(message => message.SourceAt > hiddenUpTo))
        {
            if (existing.TryGetValue(message.SourceId, out var post))
            {
                // A change of what is attached to it does not change the time of its edit.
                changes.Add(new PostEvent(PostEventKind.Updated, post));
            }
            else if (await IsGoneAsync(message, cancellationToken).ConfigureAwait(false) is { } deletion)
            {
                changes.Add(deletion);
            }
        }

        return changes;
    }

    // A post that was deleted for good is in no list, and nobody reports it: it is known, and missing from the list of
    // everything since a time that is before it.
    private async Task<List<PostEvent>> FindMissingAsync(PostList all, long since, CancellationToken cancellationToken)
    {
        var changes = new List<PostEvent>();
        var begin = since - (long)runtime.Options.ChatLookBack.TotalMilliseconds;
        foreach (var message in store.ReadKnown(mirror.Id, DeliveryDirection.ChatToWarRoom, begin))
        {
            if (
                !all.Posts.ContainsKey(message.SourceId)
                && await IsGoneAsync(message, cancellationToken).ConfigureAwait(false) is { } deletion
            )
                changes.Add(deletion);
        }

        return changes;
    }

    // It may also be missing from the pages because others were deleted while they were read. Who wrote it is no longer
    // known.
    private async Task<PostEvent?> IsGoneAsync(KnownMessage message, CancellationToken cancellationToken) =>
        await mattermost.Bot.Posts.IsGoneAsync(message.SourceId, cancellationToken).ConfigureAwait(false)
            ? new PostEvent(
                PostEventKind.Deleted,
                new MattermostPost
                {
                    Id = message.SourceId,
                    CreateAtMs = message.SourceAt,
                    ChannelId = mirror.ChannelId,
                }
            )
            : null;
}
