using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// The pages of a channel's posts. As on the real server <c>after</c> and <c>before</c> compare <c>create_at</c> alone
/// and strictly: posts of the anchor's own millisecond are in neither.
/// </summary>
internal sealed class PostPages(MattermostWorld world, SandboxChannel channel)
{
    /// <summary>Whether only first posts are listed, with what is known about their threads.</summary>
    public bool Collapses { get; init; }

    /// <summary>Whether whole accounts are returned for the participants of threads.</summary>
    public bool Extended { get; init; }

    /// <summary>Whether only the posts of the page are returned, with the number of their replies.</summary>
    public bool SkipsThreads { get; init; }

    public bool IncludesDeleted { get; init; }

    /// <summary>Who asks.</summary>
    public SandboxUser? Viewer { get; init; }

    private const int SinceLimit = 1000;

    public byte[] Newest(int skip, int take)
    {
        var page = PostList.Of(world, Backwards(channel.Posts.Count - 1, skip, take), Threads(ThreadsOf.Replies));
        return Write(page with { Next = Next(page.Order), Previous = Previous(page.Order) });
    }

    public byte[] Before(SandboxPost anchor, int skip, int take)
    {
        var posts = Backwards(FirstFrom(channel.Posts, anchor.CreateAt) - 1, skip, take);
        var page = PostList.Of(world, posts, Threads(ThreadsOf.All));
        return Write(
            page with
            {
                Next = skip == 0 ? anchor.Id : Next(page.Order),
                Previous = page.Order.Count < take ? "" : Previous(page.Order),
                CountsReplies = true,
            }
        );
    }

    public byte[] After(SandboxPost anchor, int skip, int take)
    {
        var posts = channel.Posts;
        var isFirst = skip == 0;
        var found = new List<SandboxPost>();
        for (var i = FirstFrom(posts, anchor.CreateAt + 1); i < posts.Count && found.Count < take; i++)
        {
            if (IsListed(posts[i]) && --skip < 0)
                found.Add(posts[i]);
        }
        found.Reverse();
        var page = PostList.Of(world, found, Threads(ThreadsOf.All));
        return Write(
            page with
            {
                Next = page.Order.Count < take ? "" : Next(page.Order),
                Previous = isFirst ? anchor.Id : Previous(page.Order),
                CountsReplies = true,
            }
        );
    }

    /// <summary>All posts changed since then, including deleted ones, at most 1,000.</summary>
    public byte[] Since(long since)
    {
        var page = channel
            .Posts.Where(post => post.UpdateAt > since && (post.RootId.Length == 0 || !Collapses))
            .Take(SinceLimit)
            .Reverse()
            .ToList();
        return Write(PostList.Of(world, page, Threads(ThreadsOf.Roots)));
    }

    /// <summary>The posts around the point up to which a user has viewed the channel, with whole threads.</summary>
    public byte[] Around(long seen, int before, int after)
    {
        var newer = channel.Posts.Where(post => post.CreateAt > seen && IsListed(post)).Take(after).Reverse().ToList();
        var older = Backwards(FirstFrom(channel.Posts, seen + 1) - 1, 0, before);
        var page = PostList.Of(world, [.. newer, .. older], Threads(ThreadsOf.All));
        return Write(
            page with
            {
                Next = Next(page.Order),
                Previous = Previous(page.Order),
                HasNext = newer.Count > 0 && !Collapses ? false : null,
                CountsReplies = true,
            }
        );
    }

    /// <summary>The results of a search, newest first.</summary>
    public static byte[] Found(MattermostWorld world, List<SandboxPost> posts) =>
        Json.Bytes(
            (world, PostList.Of(world, posts) with { CountsReplies = true }),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                WritePosts(writer, it.world, it.Item2, null);
                writer.WriteNull("matches"u8);
                writer.WriteEndObject();
            }
        );

    /// <summary>Exactly these posts.</summary>
    public static byte[] Of(MattermostWorld world, List<SandboxPost> posts) =>
        Json.Bytes(
            (world, PostList.Of(world, posts) with { CountsReplies = true }),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                WritePosts(writer, it.world, it.Item2, null);
                writer.WriteEndObject();
            }
        );

    /// <summary>A thread. An old server lists its first post twice. Of a thread that is partly hidden nothing is
    /// returned but the time.</summary>
    public byte[] Thread(SandboxPost root)
    {
        var replies = (root.Replies ?? []).Where(static reply => reply.DeleteAt == 0).ToList();
        var list = PostList.Of(world, [root, .. replies]);
        if (list.FirstInaccessible != 0)
            return Write(PostList.Empty with { FirstInaccessible = list.FirstInaccessible });
        List<SandboxPost> order = world.Version.ThreadsRepeatRoots
            ? [root, .. Enumerable.Reverse(replies), root]
            : [root, .. Enumerable.Reverse(replies)];
        return Write(list with { Order = order, HasNext = false, CountsReplies = true });
    }

    /// <summary>A page beside a post that does not exist.</summary>
    public byte[] AfterUnknown(string anchor) => Write(PostList.Empty with { Previous = anchor });

    public byte[] BeforeUnknown(string anchor) => Write(PostList.Empty with { Next = anchor });

    /// <summary>A thread as a new server returns it: the first post always, and replies in order only if a direction is
    /// asked for; without one their order is that of their ids.</summary>
    public byte[] ThreadPage(SandboxPost root, SandboxPost asked, ThreadPageRequest request)
    {
        var replies = (root.Replies ?? []).Where(static reply => reply.DeleteAt == 0).ToList();
        var list = PostList.Of(world, [root, .. replies]);
        if (list.FirstInaccessible != 0)
            return Write(PostList.Empty with { FirstInaccessible = list.FirstInaccessible });
        if (request.OnlyPost)
            return Write(PostList.Of(world, [asked]) with { CountsReplies = true });
        IEnumerable<SandboxPost> others = [root, .. replies];
        others = request.Direction switch
        {
            "down" => others,
            "up" => others.Reverse(),
            _ => others.OrderBy(static post => post.Id, StringComparer.Ordinal),
        };
        if (request.FromCreateAt > 0)
            others = others.Where(post =>
                post.Id != request.FromPost
                && (
                    request.Direction == "up"
                        ? post.CreateAt < request.FromCreateAt
                        : post.CreateAt > request.FromCreateAt
                )
            );
        if (request.FromUpdateAt > 0)
            others = others.Where(post => post.UpdateAt > request.FromUpdateAt);
        var page = others.Where(post => request.Direction.Length > 0 || post != asked).ToList();
        var hasNext = request.Size > 0 && page.Count > request.Size;
        if (hasNext)
            page = page.GetRange(0, request.Size);
        // The post that was asked for comes first in each page.
        page.Remove(asked);
        page.Insert(0, asked);
        return Write(PostList.Of(world, page) with { HasNext = hasNext, CountsReplies = true });
    }

    private bool IsListed(SandboxPost post) =>
        (post.DeleteAt == 0 || IncludesDeleted) && (post.RootId.Length == 0 || !Collapses);

    private ThreadsOf Threads(ThreadsOf usual) => Collapses || SkipsThreads ? ThreadsOf.None : usual;

    /// <summary>The index of the first post with this <c>create_at</c> or a later one.</summary>
    private static int FirstFrom(List<SandboxPost> posts, long createAt)
    {
        int low = 0,
            high = posts.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (posts[middle].CreateAt < createAt)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private List<SandboxPost> Backwards(int from, int skip, int take)
    {
        var posts = channel.Posts;
        var page = new List<SandboxPost>(Math.Min(take, 200));
        for (var i = from; i >= 0 && page.Count < take; i--)
        {
            if (IsListed(posts[i]) && --skip < 0)
                page.Add(posts[i]);
        }
        return page;
    }

    private string Next(List<SandboxPost> page)
    {
        if (page.Count == 0)
            return "";
        for (var i = FirstFrom(channel.Posts, page[0].CreateAt + 1); i < channel.Posts.Count; i++)
        {
            if (IsListed(channel.Posts[i]))
                return channel.Posts[i].Id;
        }
        return "";
    }

    private string Previous(List<SandboxPost> page)
    {
        if (page.Count == 0)
            return "";
        for (var i = FirstFrom(channel.Posts, page[^1].CreateAt) - 1; i >= 0; i--)
        {
            if (IsListed(channel.Posts[i]))
                return channel.Posts[i].Id;
        }
        return "";
    }

    private byte[] Write(PostList list) =>
        Json.Bytes(
            (
                world,
                List: SkipsThreads ? list with { CountsReplies = true } : list,
                Extras: Collapses
                    ? new PostExtras
                    {
                        Collapses = world,
                        Viewer = Viewer,
                        Extended = Extended,
                    }
                    : null
            ),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                WritePosts(writer, it.world, it.List, it.Extras);
                writer.WriteEndObject();
            }
        );

    private static void WritePosts(Utf8JsonWriter writer, MattermostWorld world, PostList list, PostExtras? extras)
    {
        writer.WriteStartArray("order"u8);
        foreach (var post in list.Order)
            writer.WriteStringValue(post.Id);
        writer.WriteEndArray();
        writer.WriteStartObject("posts"u8);
        foreach (var post in list.All)
        {
            writer.WritePropertyName(post.Id);
            PostJson.Write(
                writer,
                post,
                world.Files(post),
                !list.CountsReplies ? 0
                    : post.RootId.Length > 0 ? world.FindPost(post.RootId)?.ReplyCount ?? 0
                    : post.ReplyCount,
                world.Form,
                extras
            );
        }
        writer.WriteEndObject();
        writer.WriteString("next_post_id"u8, list.Next);
        writer.WriteString("prev_post_id"u8, list.Previous);
        if (list.HasNext is { } hasNext && world.Version.ThreadsHaveNext)
            writer.WriteBoolean("has_next"u8, hasNext);
        if (world.Version.ListsHaveFirstInaccessibleTime || list.FirstInaccessible != 0)
            writer.WriteNumber("first_inaccessible_post_time"u8, list.FirstInaccessible);
    }
}
