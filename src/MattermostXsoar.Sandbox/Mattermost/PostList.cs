using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>A list of posts as a call returns it.</summary>
internal sealed record PostList
{
    public static PostList Empty { get; } = new();

    /// <summary>The posts of the list itself.</summary>
    public List<SandboxPost> Order { get; init; } = [];

    /// <summary>These, and whole threads where the call returns them.</summary>
    public IReadOnlyCollection<SandboxPost> All { get; init; } = [];

    /// <summary>The post that follows the list; empty if the server names none.</summary>
    public string Next { get; init; } = "";

    /// <summary>The post before the list.</summary>
    public string Previous { get; init; } = "";

    /// <summary>The newest <c>create_at</c> of the posts that were left out because they are hidden; 0 if none
    /// was.</summary>
    public long FirstInaccessible { get; init; }

    /// <summary>Whether the thread in the list goes on; null where the server does not say.</summary>
    public bool? HasNext { get; init; }

    /// <summary>Whether the number of replies of each post is returned.</summary>
    public bool CountsReplies { get; init; }

    /// <summary>These posts. Hidden ones are left out, after the page was cut.</summary>
    /// <param name="world">The server.</param>
    /// <param name="posts">The page.</param>
    /// <param name="threads">Which threads are returned with it.</param>
    public static PostList Of(MattermostWorld world, List<SandboxPost> posts, ThreadsOf threads = ThreadsOf.None)
    {
        var all = new OrderedDictionary<string, SandboxPost>();
        foreach (var post in posts)
        {
            all.TryAdd(post.Id, post);
            var root =
                threads == ThreadsOf.None ? null
                : post.RootId.Length > 0 ? world.FindPost(post.RootId)
                : threads == ThreadsOf.All ? post
                : null;
            if (root is null)
                continue;
            all.TryAdd(root.Id, root);
            if (threads == ThreadsOf.Roots)
                continue;
            foreach (var reply in root.Replies ?? [])
            {
                if (reply.DeleteAt == 0)
                    all.TryAdd(reply.Id, reply);
            }
        }
        var hidden = all.Values.Where(world.IsHidden).ToHashSet();
        return new PostList
        {
            Order = [.. posts.Where(post => !hidden.Contains(post))],
            All = [.. all.Values.Where(post => !hidden.Contains(post))],
            FirstInaccessible = hidden.Select(static post => post.CreateAt).DefaultIfEmpty().Max(),
        };
    }
}
