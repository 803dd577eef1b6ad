using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Posts;

/// <summary>Reads posts as people want to see them: with their authors, channels and addresses.</summary>
internal sealed class PostReader(ReadingClients reading, PostDescriber describer)
{
    private const int SearchPage = 100;

    /// <summary>Whether the server left out older posts, by its limit of the message history.</summary>
    public bool IsCutByHistoryLimit { get; private set; }

    public async Task<MattermostPost> GetAsync(string postId, CancellationToken cancellationToken)
    {
        var post = await reading.ReadAsync(client => client.Posts.GetAsync(postId, cancellationToken));
        await describer.DescribeAsync([post], cancellationToken);
        return post;
    }

    /// <summary>The channel of a post.</summary>
    public async Task<ChannelAddress> ChannelOfAsync(MattermostPost post, CancellationToken cancellationToken) =>
        await describer.ChannelAsync(post.ChannelId, cancellationToken) is { } channel
            ? ChannelAddress.Of(channel)
            : new ChannelAddress(post.ChannelId, post.ChannelId, "");

    /// <summary>Adds to posts of a channel what the server does not send with them.</summary>
    public Task DescribeAsync(
        MattermostChannel channel,
        IReadOnlyCollection<MattermostPost> posts,
        CancellationToken cancellationToken
    )
    {
        describer.Know(channel);
        return describer.DescribeAsync(posts, cancellationToken);
    }

    /// <summary>Who acknowledged a post, in the order in which they did.</summary>
    public async Task<IReadOnlyList<MattermostAcknowledgement>> GetAcknowledgementsAsync(
        MattermostPost post,
        CancellationToken cancellationToken
    )
    {
        var given = PostMetadata.AcknowledgementsOf(post.MetadataJson);
        await describer.LookUpAsync(given.Select(one => one.UserId), cancellationToken);
        return
        [
            .. given
                .OrderBy(one => one.AtMs)
                .Select(one => new MattermostAcknowledgement
                {
                    PostId = post.Id,
                    UserId = one.UserId,
                    Username = describer.UserOf(one.UserId)?.Username ?? "",
                    AcknowledgedAt = DateTimeOffset.FromUnixTimeMilliseconds(one.AtMs),
                }),
        ];
    }

    /// <summary>The thread that a post is in, oldest first.</summary>
    public async Task<IReadOnlyList<MattermostPost>> GetThreadAsync(string postId, CancellationToken cancellationToken)
    {
        var thread = await reading.ReadAsync(client => client.Posts.GetThreadAsync(postId, cancellationToken));
        // 5.37 names the first post twice.
        var posts = thread
            .Ascending.GroupBy(post => post.Id)
            .Select(same => same.First())
            .OrderBy(post => post.RootId.Length > 0)
            .ThenBy(post => post.CreateAtMs)
            .ToList();
        await describer.DescribeAsync(posts, cancellationToken);
        return posts;
    }

    /// <summary>
    /// The posts of a channel, the newest first, page by page. Each page goes on from the oldest post of the one before,
    /// so that nothing is missing or comes twice while people write.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<MattermostPost>> ReadAsync(
        MattermostChannel channel,
        PostPeriod period,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        describer.Know(channel);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (before, number) = ((string?)null, 0);
        while (true)
        {
            var (from, page) = (before, number);
            var list = await reading.ReadAsync(client =>
                from is null
                    ? client.Posts.ListAsync(channel.Id, page, pageSize, cancellationToken)
                    : client.Posts.ListBeforeAsync(channel.Id, from, page, pageSize, cancellationToken)
            );
            IsCutByHistoryLimit |= list.HidesPosts;
            var posts = list
                .Ascending.Where(post => period.Contains(post) && !seen.Contains(post.Id))
                .Reverse()
                .ToList();
            await describer.DescribeAsync(posts, cancellationToken);
            if (posts.Count > 0)
                yield return posts;
            if (list.Ascending.Count == 0 || list.PrevPostId.Length == 0 || period.IsTooOld(list.Ascending[0]))
                yield break;
            seen = [.. list.Ascending.Select(post => post.Id)];
            (before, number) = Next(list.Ascending, before, number);
        }
    }

    // The server lists what is older than a post, not what is as old: those of one millisecond are read again.
    private static (string? Before, int Page) Next(IReadOnlyList<MattermostPost> page, string? before, int number) =>
        page.FirstOrDefault(post => post.CreateAtMs > page[0].CreateAtMs) is { } newer
            ? (newer.Id, 0)
            : (before, number + 1);

    /// <summary>
    /// The posts that a search finds, the newest first, page by page: in the channels that the account is in, which are
    /// also those of the bot if a channel is given that only the bot is in.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<MattermostPost>> SearchAsync(
        string teamId,
        string terms,
        MattermostChannel? channel,
        PostPeriod period,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (channel is not null)
            terms += $" in:{channel.Name}";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        MattermostClient[] clients = channel is null ? [reading.Personal] : [reading.Personal, reading.Bot];
        foreach (var client in clients)
        {
            for (var page = 0; ; page++)
            {
                var found = await client.Posts.SearchAsync(teamId, terms, page, SearchPage, cancellationToken);
                IsCutByHistoryLimit |= found.HidesPosts;
                // A server that knows no pages gives the same ones again.
                var fresh = found.Ascending.Reverse().Where(post => seen.Add(post.Id)).ToList();
                var posts = fresh.Where(period.Contains).ToList();
                await describer.DescribeAsync(posts, cancellationToken);
                if (posts.Count > 0)
                    yield return posts;
                if (fresh.Count == 0 || found.Ascending.Count < SearchPage)
                    break;
            }

            if (seen.Count > 0)
                yield break;
        }
    }
}
