using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Makes up for what was missed in a channel: what was said from the anchor on, and what was edited and deleted since,
/// all in the order in which it happened.
/// </summary>
internal sealed class ChannelCatchUp(MirrorContext context, MirrorRecord mirror, PostRecorder recorder)
{
    private readonly ChannelReader _reader = new(context.Bot);
    private readonly ChangeReader _changes = new(context, mirror);
    private readonly MissedPosts _unseen = new(context, mirror);

    /// <summary>Reads everything.</summary>
    /// <returns>How many lines were new.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        using var turn = await context.ChatReadLimit.EnterAsync(cancellationToken).ConfigureAwait(false);
        // First the changes: whatever is changed after that is either in the pages already or comes as an event.
        var (changes, upTo, all) = await _changes.ReadAsync(ChangesFrom(), cancellationToken).ConfigureAwait(false);
        // Behind the anchor as it is now: what is read below moves it.
        var unseen = await _unseen
            .FindAsync(recorder.AnchorId, recorder.AnchorAt, all, cancellationToken)
            .ConfigureAwait(false);
        var (found, told) = (0, 0);
        if (!ComesLast(unseen))
        {
            found += await recorder.RecordAsync(unseen, 0, cancellationToken).ConfigureAwait(false);
            unseen.Clear();
        }

        await foreach (
            var page in _reader
                .ReadAsync(mirror.ChannelId, recorder.AnchorId, recorder.AnchorAt, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            var newest = page.Count > 0 ? page[page.Count - 1].CreateAtMs : 0;
            var before = changes.Skip(told).TakeWhile(change => change.At <= newest).ToList();
            told += before.Count;
            // Of one millisecond the changes come first: they concern what was said before.
            var seen = before
                .Concat(page.Select(post => new PostEvent(PostEventKind.Said, post)))
                .OrderBy(post => post.At)
                .ToList();
            found += await recorder.RecordAsync(seen, 0, cancellationToken).ConfigureAwait(false);
        }

        var rest = unseen.Concat(changes.Skip(told)).OrderBy(post => post.At).ToList();
        found += await recorder.RecordAsync(rest, upTo, cancellationToken).ConfigureAwait(false);
        return found;
    }

    // A clock that was set back and has not come to where it was yet: what lies beyond the newest known post was
    // written before. Otherwise what lies there may have been written before or after, and nothing tells which: it goes
    // by time.
    private bool ComesLast(List<PostEvent> unseen)
    {
        if (unseen.Count == 0)
            return false;
        var away =
            recorder.SeenAt is { } at ? context.Time.GetElapsedTime(at)
            : mirror.LastDeliveryAt is { } delivered ? context.Time.GetUtcNow() - delivered
            : TimeSpan.Zero;
        return unseen[0].Post.CreateAtMs + (long)away.TotalMilliseconds < recorder.NewestAt;
    }

    /// <summary>Reads what was edited and deleted only.</summary>
    public async Task ReadChangesAsync(CancellationToken cancellationToken)
    {
        var (changes, upTo, _) = await _changes.ReadAsync(ChangesFrom(), cancellationToken).ConfigureAwait(false);
        await recorder.RecordAsync(changes, upTo, cancellationToken).ConfigureAwait(false);
    }

    // Of a server whose clock was set back, changes come at times that were read already: never later than this
    // machine's.
    private long ChangesFrom()
    {
        var known = Math.Min(
            recorder.ChangedAt > 0 ? recorder.ChangedAt : recorder.AnchorAt,
            context.Time.GetUtcNow().ToUnixTimeMilliseconds()
        );
        return Math.Max(1, known - (long)context.Options.ChatOverlap.TotalMilliseconds);
    }
}
