using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Chat;

/// <summary>Reads a channel's posts from a post on, a page at a time, oldest first.</summary>
internal sealed class ChannelReader(MattermostClient mattermost)
{
    // The server's own cap (mattermost-api/introduction.yaml).
    private const int PageSize = 200;

    /// <summary>The posts after <paramref name="afterPostId"/>; every post of the channel when it is null.</summary>
    public async IAsyncEnumerable<IReadOnlyList<MattermostPost>> ReadAsync(
        string channelId, string? afterPostId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (afterPostId is null)
        {
            yield return await ReadAllAsync(channelId, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        for (var page = 0; ; page++)
        {
            var posts = await mattermost.Posts.ListAfterAsync(channelId, afterPostId, page, PageSize, cancellationToken).ConfigureAwait(false);
            if (posts.Ascending.Count > 0)
                yield return posts.Ascending;
            if (posts.RawOrder.Count < PageSize)
                yield break;
        }
    }

    // Without a post to start from, the server lists from the newest back.
    private async Task<IReadOnlyList<MattermostPost>> ReadAllAsync(string channelId, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, MattermostPost>(StringComparer.Ordinal);
        for (var page = 0; ; page++)
        {
            var posts = await mattermost.Posts.ListAsync(channelId, page, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var post in posts.Ascending)
                found[post.Id] = post;
            if (posts.RawOrder.Count < PageSize)
                return found.Values.OrderBy(post => post.CreateAtMs).ThenBy(post => post.Id, StringComparer.Ordinal).ToList();
        }
    }
}
