using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Reads what was missed in a channel: the posts after the anchor, and what was edited and deleted since, all in the
/// order in which it happened.
/// </summary>
internal sealed class ChannelCatchUp(
    MattermostAccess mattermost,
    StateStore store,
    MirrorRuntime runtime,
    MirrorRecord mirror,
    PostRecorder recorder
)
{
    private const int MaxOwnPosts = 50;

    private readonly ChannelReader _reader = new(mattermost.Bot);
    private readonly ChangeReader _changes = new(mattermost, store, runtime, mirror);
    private readonly MissedPosts _missed = new(mattermost, store, runtime, mirror);

    /// <summary>Reads everything.</summary>
    /// <returns>How many deliveries were new.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        using var turn = await mattermost.ReadLimit.EnterAsync(cancellationToken).ConfigureAwait(false);
        // The changes first: what is changed after that is either in the pages already or comes as an event.
        var (changes, upTo, all) = await _changes.ReadAsync(ChangesFrom(), cancellationToken).ConfigureAwait(false);
        // Before the anchor as it is now: what is read below moves it.
        var missed = await _missed
            .FindAsync(recorder.AnchorId, recorder.AnchorAt, all, cancellationToken)
            .ConfigureAwait(false);
        var (found, recorded) = (0, 0);
        if (!ComesLast(missed))
        {
            found += await recorder.RecordAsync(missed, 0, cancellationToken).ConfigureAwait(false);
            missed.Clear();
        }

        await foreach (
            var page in _reader
                .ReadAsync(
                    mirror.ChannelId,
                    recorder.AnchorId,
                    recorder.AnchorAt,
                    cancellationToken,
                    () => ReportHiddenAsync(cancellationToken)
                )
                .ConfigureAwait(false)
        )
        {
            var newest = page.Count > 0 ? page[page.Count - 1].CreateAtMs : 0;
            var before = changes.Skip(recorded).TakeWhile(change => change.At <= newest).ToList();
            recorded += before.Count;
            // Within one millisecond the changes come first: they concern earlier posts.
            var seen = before
                .Concat(page.Select(post => new PostEvent(PostEventKind.Created, post)))
                .OrderBy(post => post.At)
                .ToList();
            found += await recorder.RecordAsync(seen, 0, cancellationToken).ConfigureAwait(false);
        }

        var rest = missed.Concat(changes.Skip(recorded)).OrderBy(post => post.At).ToList();
        found += await recorder.RecordAsync(rest, upTo, cancellationToken).ConfigureAwait(false);
        return found;
    }

    // The clock was set back and has not yet reached the time it had before: the posts that are still to be read were
    // written before the clock was set, so the missed ones come last. Otherwise they may have been written before or
    // after, and nothing shows which: they are ordered by time.
    private bool ComesLast(List<PostEvent> missed)
    {
        if (missed.Count == 0)
            return false;
        var elapsed =
            recorder.SeenAt is { } at ? runtime.Time.GetElapsedTime(at)
            : mirror.LastDeliveryAt is { } delivered ? runtime.Time.GetUtcNow() - delivered
            : TimeSpan.Zero;
        return missed[0].Post.CreateAtMs + (long)elapsed.TotalMilliseconds < recorder.NewestAt;
    }

    /// <summary>Reads a single post; null if it no longer exists.</summary>
    public async Task<MattermostPost?> ReadPostAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            return await mattermost.Bot.Posts.GetAsync(postId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.NotFound || exception.ErrorId == ErrorIds.PostHidden)
        {
            return null;
        }
    }

    // Only what comes after everything that is known of the channel was never seen.
    private async Task ReportHiddenAsync(CancellationToken cancellationToken)
    {
        HiddenPosts? unseen = null;
        var since = 0L;
        foreach (var (postId, at) in await ReadUntilAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                await _reader.FindHiddenAsync(mirror.ChannelId, postId, cancellationToken).ConfigureAwait(false)
                is not { } hidden
            )
                return;
            if (unseen is null || hidden.AtLeast < unseen.Value.AtLeast)
                unseen = hidden;
            since = Math.Max(since, at);
        }

        await recorder
            .RecordHiddenAsync(unseen ?? new HiddenPosts(1, 0), since, cancellationToken)
            .ConfigureAwait(false);
    }

    // Posts that show how far the channel was read: the anchor, the newest that a person wrote, and of the mirror's own
    // the newest that is hidden. The others may have been written after this process began, before the channel was read.
    private async Task<List<(string PostId, long At)>> ReadUntilAsync(CancellationToken cancellationToken)
    {
        var posts = store.NewestPosts(mirror.Id, DeliveryDirection.ChatToWarRoom, 1);
        if (recorder.AnchorId is { } anchorId)
            posts.Add((anchorId, recorder.AnchorAt));
        foreach (var own in store.NewestPosts(mirror.Id, DeliveryDirection.WarRoomToChat, MaxOwnPosts))
        {
            if (!await mattermost.Bot.Posts.IsHiddenAsync(own.PostId, cancellationToken).ConfigureAwait(false))
                continue;
            posts.Add(own);
            break;
        }

        return posts;
    }

    /// <summary>Reads what was edited and deleted only.</summary>
    public async Task ReadChangesAsync(CancellationToken cancellationToken)
    {
        var (changes, upTo, _) = await _changes.ReadAsync(ChangesFrom(), cancellationToken).ConfigureAwait(false);
        await recorder.RecordAsync(changes, upTo, cancellationToken).ConfigureAwait(false);
    }

    // On a server whose clock was set back, changes have times that were read already: the reading never begins later
    // than the time of this machine's clock.
    private long ChangesFrom()
    {
        var known = Math.Min(
            recorder.ChangedAt > 0 ? recorder.ChangedAt : recorder.AnchorAt,
            runtime.Time.GetUtcNow().ToUnixTimeMilliseconds()
        );
        return Math.Max(1, known - (long)runtime.Options.ChatOverlap.TotalMilliseconds);
    }
}
