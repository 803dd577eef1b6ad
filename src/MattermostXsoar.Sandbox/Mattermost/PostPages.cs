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
        var page = Backwards(channel.Posts, channel.Posts.Count - 1, skip, take);
        return Write(world, channel, page, Next(channel, page), Previous(channel, page));
    }

    public static byte[] Before(MattermostWorld world, SandboxChannel channel, SandboxPost anchor, int skip, int take)
    {
        var page = Backwards(channel.Posts, FirstFrom(channel.Posts, anchor.CreateAt) - 1, skip, take);
        return Write(
            world,
            channel,
            page,
            skip == 0 ? anchor.Id : Next(channel, page),
            page.Count < take ? "" : Previous(channel, page)
        );
    }

    public static byte[] After(MattermostWorld world, SandboxChannel channel, SandboxPost anchor, int skip, int take)
    {
        var posts = channel.Posts;
        var page = new List<SandboxPost>();
        for (var i = FirstFrom(posts, anchor.CreateAt + 1); i < posts.Count && page.Count < take; i++)
        {
            if (posts[i].DeleteAt == 0 && --skip < 0)
                page.Add(posts[i]);
        }
        page.Reverse();
        return Write(world, channel, page, page.Count < take ? "" : Next(channel, page), anchor.Id);
    }

    /// <summary>All posts changed since then, including deleted ones, at most 1,000.</summary>
    public static byte[] Since(MattermostWorld world, SandboxChannel channel, long since)
    {
        var page = channel.Posts.Where(post => post.UpdateAt > since).Take(SinceLimit).Reverse().ToList();
        return Write(world, channel, page, "", "");
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
        List<SandboxPost> page = [.. newer, .. older];
        return Write(world, channel, page, Next(channel, page), Previous(channel, page), countReplies: true);
    }

    /// <summary>The results of a search, newest first.</summary>
    public static byte[] Found(MattermostWorld world, List<SandboxPost> posts) =>
        Json.Bytes(
            (world, posts),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                WritePosts(writer, (it.world, it.posts, it.posts, "", "", true));
                writer.WriteNull("matches"u8);
                writer.WriteEndObject();
            }
        );

    /// <summary>Exactly these posts.</summary>
    public static byte[] Of(MattermostWorld world, List<SandboxPost> posts) =>
        Json.Bytes((world, posts, (IEnumerable<SandboxPost>)posts, "", "", true), WriteList);

    /// <summary>A thread. An old server lists its first post twice.</summary>
    public static byte[] Thread(MattermostWorld world, SandboxPost root)
    {
        var replies = (root.Replies ?? []).Where(static reply => reply.DeleteAt == 0).ToList();
        List<SandboxPost> order = world.RepeatsRoots
            ? [root, .. Enumerable.Reverse(replies), root]
            : [root, .. Enumerable.Reverse(replies)];
        return Json.Bytes((world, order, all: (IEnumerable<SandboxPost>)[root, .. replies], "", "", true), WriteList);
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

    private static byte[] Write(
        MattermostWorld world,
        SandboxChannel channel,
        List<SandboxPost> order,
        string next,
        string previous,
        bool countReplies = false
    )
    {
        // "posts" also contains whole threads, but "order" lists only the page's own posts.
        var all = new OrderedDictionary<string, SandboxPost>();
        foreach (var post in order)
        {
            all.TryAdd(post.Id, post);
            var root = post.RootId.Length > 0 ? world.FindPost(post.RootId) : post;
            if (root is null || (root.Replies is null && root == post))
                continue;
            all.TryAdd(root.Id, root);
            foreach (var reply in root.Replies ?? [])
            {
                if (reply.DeleteAt == 0)
                    all.TryAdd(reply.Id, reply);
            }
        }
        return Json.Bytes(
            (world, order, all: (IEnumerable<SandboxPost>)all.Values, next, previous, countReplies),
            WriteList
        );
    }

    private static void WriteList(
        Utf8JsonWriter writer,
        (
            MattermostWorld World,
            List<SandboxPost> Order,
            IEnumerable<SandboxPost> All,
            string Next,
            string Previous,
            bool CountReplies
        ) it
    )
    {
        writer.WriteStartObject();
        WritePosts(writer, it);
        writer.WriteEndObject();
    }

    private static void WritePosts(
        Utf8JsonWriter writer,
        (
            MattermostWorld World,
            List<SandboxPost> Order,
            IEnumerable<SandboxPost> All,
            string Next,
            string Previous,
            bool CountReplies
        ) it
    )
    {
        writer.WriteStartArray("order"u8);
        foreach (var post in it.Order)
            writer.WriteStringValue(post.Id);
        writer.WriteEndArray();
        writer.WriteStartObject("posts"u8);
        foreach (var post in it.All)
        {
            writer.WritePropertyName(post.Id);
            PostJson.Write(
                writer,
                post,
                it.World.Files(post),
                !it.CountReplies ? 0
                    : post.RootId.Length > 0 ? it.World.FindPost(post.RootId)?.ReplyCount ?? 0
                    : post.ReplyCount,
                it.World.Form
            );
        }
        writer.WriteEndObject();
        writer.WriteString("next_post_id"u8, it.Next);
        writer.WriteString("prev_post_id"u8, it.Previous);
    }
}
