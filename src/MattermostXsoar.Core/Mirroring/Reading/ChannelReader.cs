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

    /// <summary>The posts after <paramref name="afterPostId"/>; every post of the channel when it is null.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="afterPostId">The post to begin after.</param>
    /// <param name="afterAt">
    /// That post's create_at (ms), in case it has been deleted permanently; 0 if not known.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<MattermostPost>> ReadAsync(
        string channelId,
        string? afterPostId,
        long afterAt,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (afterPostId is null)
        {
            yield return await ReadAllAsync(channelId, 0, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        // Each page begins after a post of the one before and not at a page number: when somebody deletes a post
        // meanwhile, the posts after it move up, and one would be missed.
        var (after, page) = (afterPostId, 0);
        var last = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var posts = await ListAfterAsync(channelId, after, page, cancellationToken).ConfigureAwait(false);
            if (posts is null)
            {
                yield return await ReadAllAsync(channelId, afterAt, cancellationToken).ConfigureAwait(false);
                yield break;
            }

            var newPosts = posts.Ascending.Where(post => !last.Contains(post.Id)).ToList();
            if (newPosts.Count > 0)
                yield return newPosts;
            if (posts.RawOrder.Count < PageSize)
                yield break;
            last = new HashSet<string>(posts.Ascending.Select(post => post.Id), StringComparer.Ordinal);
            (after, page) = NextStart(posts, after, page);
        }
    }

    // 'after' compares create_at and is strict, so the posts of the last one's own millisecond have to be requested
    // again.
    private static (string After, int Page) NextStart(PostList posts, string after, int page)
    {
        var newest = posts.Ascending[posts.Ascending.Count - 1].CreateAtMs;
        return posts.Ascending.LastOrDefault(post => post.CreateAtMs < newest) is { } start
            ? (start.Id, 0)
            : (after, page + 1);
    }

    /// <summary>The posts of the channel since a time, oldest first.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="since">The earliest create_at (ms).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<IReadOnlyList<MattermostPost>> ReadSinceAsync(
        string channelId,
        long since,
        CancellationToken cancellationToken
    ) => ReadAllAsync(channelId, since - 1, cancellationToken);

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
    )
    {
        var pages = new Stack<IReadOnlyList<MattermostPost>>();
        var (before, page) = (beforePostId, 0);
        while (true)
        {
            var posts = await mattermost
                .Posts.ListBeforeAsync(channelId, before, page, PageSize, cancellationToken)
                .ConfigureAwait(false);
            if (posts.Ascending.Count > 0)
                pages.Push(posts.Ascending);
            if (posts.RawOrder.Count < PageSize || posts.Ascending[0].CreateAtMs < since)
                break;
            // As in NextStart: 'before' is strict too.
            var oldest = posts.Ascending[0].CreateAtMs;
            (before, page) = posts.Ascending.FirstOrDefault(post => post.CreateAtMs > oldest) is { } start
                ? (start.Id, 0)
                : (before, page + 1);
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        return [.. pages.SelectMany(posts => posts).Where(post => post.CreateAtMs >= since && known.Add(post.Id))];
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
                posts.RawOrder.Count == 0
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

    // Without a post to start from, the server lists from the newest backwards.
    private async Task<IReadOnlyList<MattermostPost>> ReadAllAsync(
        string channelId,
        long afterAt,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, MattermostPost>(StringComparer.Ordinal);
        for (var page = 0; ; page++)
        {
            var posts = await mattermost
                .Posts.ListAsync(channelId, page, PageSize, cancellationToken)
                .ConfigureAwait(false);
            foreach (var post in posts.Ascending)
                found[post.Id] = post;
            if (posts.RawOrder.Count < PageSize || posts.Ascending[0].CreateAtMs <= afterAt)
                break;
        }

        return found
            .Values.Where(post => post.CreateAtMs > afterAt)
            .OrderBy(post => post.CreateAtMs)
            .ThenBy(post => post.Id, StringComparer.Ordinal)
            .ToList();
    }
}
