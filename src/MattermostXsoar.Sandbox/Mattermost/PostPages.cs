using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// The pages of a channel's posts. As on the real server <c>after</c> and <c>before</c> compare <c>create_at</c> alone
/// and strictly: posts of the anchor's own millisecond are in neither.
/// </summary>
internal static class PostPages
{
    private const int SinceLimit = 1000;

    public static byte[] Newest(MattermostWorld world, SandboxChannel channel, int skip, int take)
    {
        var page = PostList.Of(world, Backwards(channel.Posts, channel.Posts.Count - 1, skip, take), ThreadsOf.Replies);
        return Write(world, page with { Next = Next(channel, page.Order), Previous = Previous(channel, page.Order) });
    }

    public static byte[] Before(MattermostWorld world, SandboxChannel channel, SandboxPost anchor, int skip, int take)
    {
        var posts = Backwards(channel.Posts, FirstFrom(channel.Posts, anchor.CreateAt) - 1, skip, take);
        var page = PostList.Of(world, posts, ThreadsOf.All);
        return Write(
            world,
            page with
            {
                Next = skip == 0 ? anchor.Id : Next(channel, page.Order),
                Previous = page.Order.Count < take ? "" : Previous(channel, page.Order),
                CountsReplies = true,
            }
        );
    }

    public static byte[] After(MattermostWorld world, SandboxChannel channel, SandboxPost anchor, int skip, int take)
    {
        var posts = channel.Posts;
        var found = new List<SandboxPost>();
        for (var i = FirstFrom(posts, anchor.CreateAt + 1); i < posts.Count && found.Count < take; i++)
        {
            if (posts[i].DeleteAt == 0 && --skip < 0)
                found.Add(posts[i]);
        }
        found.Reverse();
        var page = PostList.Of(world, found, ThreadsOf.All);
        return Write(
            world,
            page with
            {
                Next = page.Order.Count < take ? "" : Next(channel, page.Order),
                Previous = anchor.Id,
                CountsReplies = true,
            }
        );
    }

    /// <summary>All posts changed since then, including deleted ones, at most 1,000.</summary>
    public static byte[] Since(MattermostWorld world, SandboxChannel channel, long since)
    {
        var page = channel.Posts.Where(post => post.UpdateAt > since).Take(SinceLimit).Reverse().ToList();
        return Write(world, PostList.Of(world, page, ThreadsOf.Replies));
    }

    /// <summary>The posts around the point up to which a user has viewed the channel, with whole threads.</summary>
    public static byte[] Around(MattermostWorld world, SandboxChannel channel, long seen, int before, int after)
    {
        var newer = channel
            .Posts.Where(post => post.CreateAt > seen && post.DeleteAt == 0)
            .Take(after)
            .Reverse()
            .ToList();
        var older = Backwards(channel.Posts, FirstFrom(channel.Posts, seen + 1) - 1, 0, before);
        var page = PostList.Of(world, [.. newer, .. older], ThreadsOf.All);
        return Write(
            world,
            page with
            {
                Next = Next(channel, page.Order),
                Previous = Previous(channel, page.Order),
                HasNext = newer.Count > 0 ? false : null,
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
                WritePosts(writer, it);
                writer.WriteNull("matches"u8);
                writer.WriteEndObject();
            }
        );

    /// <summary>Exactly these posts.</summary>
    public static byte[] Of(MattermostWorld world, List<SandboxPost> posts) =>
        Write(world, PostList.Of(world, posts) with { CountsReplies = true });

    /// <summary>A thread. An old server lists its first post twice. Of a thread that is partly hidden nothing is
    /// returned but the time.</summary>
    public static byte[] Thread(MattermostWorld world, SandboxPost root)
    {
        var replies = (root.Replies ?? []).Where(static reply => reply.DeleteAt == 0).ToList();
        var list = PostList.Of(world, [root, .. replies]);
        if (list.FirstInaccessible != 0)
            return Write(world, PostList.Empty with { FirstInaccessible = list.FirstInaccessible });
        List<SandboxPost> order = world.Version.ThreadsRepeatRoots
            ? [root, .. Enumerable.Reverse(replies), root]
            : [root, .. Enumerable.Reverse(replies)];
        return Write(world, list with { Order = order, HasNext = false, CountsReplies = true });
    }

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

    private static List<SandboxPost> Backwards(List<SandboxPost> posts, int from, int skip, int take)
    {
        var page = new List<SandboxPost>(Math.Min(take, 200));
        for (var i = from; i >= 0 && page.Count < take; i--)
        {
            if (posts[i].DeleteAt == 0 && --skip < 0)
                page.Add(posts[i]);
        }
        return page;
    }

    private static string Next(SandboxChannel channel, List<SandboxPost> page)
    {
        if (page.Count == 0)
            return "";
        for (var i = FirstFrom(channel.Posts, page[0].CreateAt + 1); i < channel.Posts.Count; i++)
        {
            if (channel.Posts[i].DeleteAt == 0)
                return channel.Posts[i].Id;
        }
        return "";
    }

    private static string Previous(SandboxChannel channel, List<SandboxPost> page)
    {
        if (page.Count == 0)
            return "";
        for (var i = FirstFrom(channel.Posts, page[^1].CreateAt) - 1; i >= 0; i--)
        {
            if (channel.Posts[i].DeleteAt == 0)
                return channel.Posts[i].Id;
        }
        return "";
    }

    private static byte[] Write(MattermostWorld world, PostList list) =>
        Json.Bytes(
            (world, list),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                WritePosts(writer, it);
                writer.WriteEndObject();
            }
        );

    private static void WritePosts(Utf8JsonWriter writer, (MattermostWorld World, PostList List) it)
    {
        writer.WriteStartArray("order"u8);
        foreach (var post in it.List.Order)
            writer.WriteStringValue(post.Id);
        writer.WriteEndArray();
        writer.WriteStartObject("posts"u8);
        foreach (var post in it.List.All)
        {
            writer.WritePropertyName(post.Id);
            PostJson.Write(
                writer,
                post,
                it.World.Files(post),
                !it.List.CountsReplies ? 0
                    : post.RootId.Length > 0 ? it.World.FindPost(post.RootId)?.ReplyCount ?? 0
                    : post.ReplyCount,
                it.World.Form
            );
        }
        writer.WriteEndObject();
        writer.WriteString("next_post_id"u8, it.List.Next);
        writer.WriteString("prev_post_id"u8, it.List.Previous);
        if (it.List.HasNext is { } hasNext && it.World.Version.ThreadsHaveNext)
            writer.WriteBoolean("has_next"u8, hasNext);
        if (it.World.Version.ListsHaveFirstInaccessibleTime || it.List.FirstInaccessible != 0)
            writer.WriteNumber("first_inaccessible_post_time"u8, it.List.FirstInaccessible);
    }
}
