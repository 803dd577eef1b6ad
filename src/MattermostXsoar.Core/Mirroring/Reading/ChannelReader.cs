using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>Reads a channel's posts after a post, a page at a time, oldest first.</summary>
internal sealed class ChannelReader(MattermostClient mattermost)
{
    // The server's own maximum (mattermost-api/introduction.yaml).
    private const int PageSize = 200;

    // Enough for a server that shows 10,000 messages.
    private const int MaxCountedPages = 50;

    /// <summary>The posts after <paramref name="afterPostId"/>; every post of the channel when it is null.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="afterPostId">The post to begin after.</param>
    /// <param name="afterAt">
    /// That post's create_at (ms), in case it has been deleted permanently or is hidden; 0 if not known.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="hiding">
    /// Called before the posts that follow if the server's limit of the message history hides posts after that one.
    /// </param>
    public async IAsyncEnumerable<IReadOnlyList<MattermostPost>> ReadAsync(
        string channelId,
        string? afterPostId,
        long afterAt,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        Func<Task>? hiding = null
    )
    {
        // Each page begins after a post of the one before and not at a page number: when somebody deletes a post
        // meanwhile, the posts after it move up, and one would be missed.
        var (after, page) = (afterPostId, 0);
        var last = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var posts = after is null
                ? null
                : await ListAfterAsync(channelId, after, page, cancellationToken).ConfigureAwait(false);
            // Hidden posts are left out after the page was cut: its length says nothing. What is hidden is older than
            // what is not, so the rest is read from the newest post backwards.
            if (posts is null || posts.HidesPosts)
            {
                var (rest, hidden) = await ReadBackAsync(channelId, null, afterAt + 1, cancellationToken)
                    .ConfigureAwait(false);
                if (hiding is not null && (hidden > 0 || posts is not null))
                    await hiding().ConfigureAwait(false);
                yield return [.. rest.Where(post => !last.Contains(post.Id))];
                yield break;
            }

            var newPosts = posts.Ascending.Where(post => !last.Contains(post.Id)).ToList();
            if (newPosts.Count > 0)
                yield return newPosts;
            if (posts.RawOrder.Count < PageSize)
                yield break;
            last = new HashSet<string>(posts.Ascending.Select(post => post.Id), StringComparer.Ordinal);
            (after, afterAt, page) = NextStart(posts, after!, afterAt, page);
        }
    }

    // 'after' compares create_at and is strict, so the posts of the last one's own millisecond have to be requested
    // again.
    private static (string After, long At, int Page) NextStart(PostList posts, string after, long afterAt, int page)
    {
        var newest = posts.Ascending[posts.Ascending.Count - 1].CreateAtMs;
        return posts.Ascending.LastOrDefault(post => post.CreateAtMs < newest) is { } start
            ? (start.Id, start.CreateAtMs, 0)
            : (after, afterAt, page + 1);
    }

    /// <summary>The posts after a post that the server's limit of the message history hides; null if none is.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="afterPostId">The post; it may be hidden itself.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<HiddenPosts?> FindHiddenAsync(
        string channelId,
        string afterPostId,
        CancellationToken cancellationToken
    )
    {
        var (counted, unsure, newest) = (0L, 0L, 0L);
        for (var page = 0; page < MaxCountedPages; page++)
        {
            var posts = await ListAfterAsync(channelId, afterPostId, page, cancellationToken).ConfigureAwait(false);
            // A page is known to have been full only if another one follows it.
            if (posts is { RawOrder.Count: > 0 } or { HidesPosts: true })
                counted += unsure;
            else if (unsure > 0)
                counted++;
            if (posts is not { HidesPosts: true })
                return newest > 0 ? new HiddenPosts(Math.Max(1, counted), newest) : null;
            unsure = PageSize - posts.RawOrder.Count;
            newest = Math.Max(newest, posts.FirstInaccessiblePostTime);
        }

        return new HiddenPosts(counted, newest);
    }

    /// <summary>The posts of the channel since a time, oldest first.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="since">The earliest create_at (ms).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>
    /// The posts, and when the newest post was written (ms) that the server's limit of the message history hides among
    /// them; 0 if none is hidden.
    /// </returns>
    public Task<(IReadOnlyList<MattermostPost> Posts, long HiddenUpTo)> ReadSinceAsync(
        string channelId,
        long since,
        CancellationToken cancellationToken
    ) => ReadBackAsync(channelId, null, since, cancellationToken);

    /// <summary>The posts of the channel before a post, back to a time, oldest first.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="beforePostId">
    /// The post to begin before; for a deleted one the server answers that nothing comes before it.
    /// </param>
    /// <param name="since">The earliest create_at (ms).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<MattermostPost>> ReadBeforeAsync(
        string channelId,
        string beforePostId,
        long since,
        CancellationToken cancellationToken
    ) => (await ReadBackAsync(channelId, beforePostId, since, cancellationToken).ConfigureAwait(false)).Posts;

    // From the newest post, or a given one, backwards: each page begins before a post of the one before, as above.
    private async Task<(IReadOnlyList<MattermostPost> Posts, long HiddenUpTo)> ReadBackAsync(
        string channelId,
        string? beforePostId,
        long since,
        CancellationToken cancellationToken
    )
    {
        var pages = new Stack<IReadOnlyList<MattermostPost>>();
        var (before, page) = (beforePostId, 0);
        long hiddenUpTo;
        while (true)
        {
            var posts = before is null
                ? await mattermost.Posts.ListAsync(channelId, page, PageSize, cancellationToken).ConfigureAwait(false)
                : await mattermost
                    .Posts.ListBeforeAsync(channelId, before, page, PageSize, cancellationToken)
                    .ConfigureAwait(false);
            if (posts.Ascending.Count > 0)
                pages.Push(posts.Ascending);
            hiddenUpTo = posts.FirstInaccessiblePostTime;
            if (posts.HidesPosts || posts.RawOrder.Count < PageSize || posts.Ascending[0].CreateAtMs < since)
                break;
            // As in NextStart: 'before' is strict too.
            var oldest = posts.Ascending[0].CreateAtMs;
            (before, page) = posts.Ascending.FirstOrDefault(post => post.CreateAtMs > oldest) is { } start
                ? (start.Id, 0)
                : (before, page + 1);
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        return (
            [
                .. pages
                    .SelectMany(posts => posts)
                    .Where(post => post.CreateAtMs >= since && known.Add(post.Id))
                    .OrderBy(post => post.CreateAtMs),
            ],
            hiddenUpTo >= since ? hiddenUpTo : 0
        );
    }

    // Null if the post no longer exists (a retention policy deleted it), so that what comes after it is not known.
    private async Task<PostList?> ListAfterAsync(
        string channelId,
        string after,
        int page,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var posts = await mattermost
                .Posts.ListAfterAsync(channelId, after, page, PageSize, cancellationToken)
                .ConfigureAwait(false);
            return
                posts is { RawOrder.Count: 0, HidesPosts: false }
                && page == 0
                && await mattermost.Posts.IsGoneAsync(after, cancellationToken).ConfigureAwait(false)
                ? null
                : posts;
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            if (!await mattermost.Posts.IsGoneAsync(after, cancellationToken).ConfigureAwait(false))
                throw;
            return null;
        }
    }
}
