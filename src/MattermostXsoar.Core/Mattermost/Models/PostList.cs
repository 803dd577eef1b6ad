using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A page of a channel's posts.</summary>
internal sealed class PostList : IJsonOnDeserialized
{
    private bool _hasOrder;

    /// <summary>The ids in the server's order, the newest first.</summary>
    [JsonInclude, JsonPropertyName("order")]
    public IReadOnlyList<string> RawOrder
    {
        get;
        internal set => (field, _hasOrder) = (value ?? [], value is not null);
    } = [];

    /// <summary>The posts by id; may contain more than the order names.</summary>
    [JsonInclude, JsonConverter(typeof(PostsConverter))]
    public IReadOnlyDictionary<string, MattermostPost> Posts
    {
        get;
        internal set => field = value ?? Empty;
    } = Empty;

    /// <summary>The post after the newest of this page; empty on the last page.</summary>
    [JsonInclude]
    public string NextPostId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The post before the oldest of this page; empty on the first page.</summary>
    [JsonInclude]
    public string PrevPostId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>
    /// When the newest of the posts was written (ms) that are in this page but left out of it, since the server's limit
    /// of the message history hides them (recorded of 11.6: history-limit); 0 if none is. A page that hides posts may be
    /// short, or empty, although more follow.
    /// </summary>
    [JsonInclude]
    public long FirstInaccessiblePostTime { get; internal set; }

    /// <summary>Whether the page leaves out posts that the server's limit of the message history hides.</summary>
    [JsonIgnore]
    public bool HidesPosts => FirstInaccessiblePostTime > 0;

    /// <summary>The posts that the order names, oldest first; those of one millisecond in the server's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<MattermostPost> Ascending => field ??= Sorted();

    /// <summary>
    /// A post that is there but cannot be read is left out of the order. An incomplete response must not be taken for an empty page: the missing posts would count as read.
    /// </summary>
    /// <exception cref="JsonException">The order is missing, or it names a post that is missing.</exception>
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (!_hasOrder || RawOrder.Any(id => !Posts.TryGetValue(id, out var post) || post is null))
            throw new JsonException("The list of posts is incomplete.");
    }

    private static IReadOnlyDictionary<string, MattermostPost> Empty { get; } =
        new Dictionary<string, MattermostPost>();

    private List<MattermostPost> Sorted()
    {
        var posts = new List<MattermostPost>(RawOrder.Count);
        foreach (var id in RawOrder)
            if (Posts[id] is { Id.Length: > 0 } post)
                posts.Add(post);
        // The server lists the newest first. Sorting is stable: posts of one millisecond stay in the server's order,
        // since sorting by their random ids would put the posts of an author into the wrong order.
        posts.Reverse();
        return [.. posts.OrderBy(static post => post.CreateAtMs)];
    }
}
