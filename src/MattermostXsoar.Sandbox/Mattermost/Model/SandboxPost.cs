namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A post.</summary>
public sealed class SandboxPost
{
    private static readonly IReadOnlyDictionary<string, string> NoProps = new Dictionary<string, string>();

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The channel's id.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The author's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The id of the thread's first post; empty when this is one.</summary>
    public string RootId { get; init; } = "";

    /// <summary>The text.</summary>
    public string Message { get; set; } = "";

    /// <summary>Empty for posts of people, <c>system_…</c> for those of the server.</summary>
    public string Type { get; init; } = "";

    /// <summary>Creation, in ms since the epoch.</summary>
    public long CreateAt { get; init; }

    /// <summary>Last change of any kind, in ms since the epoch.</summary>
    public long UpdateAt { get; set; }

    /// <summary>Last change of the text, in ms since the epoch; 0 if there was none.</summary>
    public long EditAt { get; set; }

    /// <summary>Deletion, in ms since the epoch; 0 while it is not deleted.</summary>
    public long DeleteAt { get; set; }

    /// <summary>The ids of its files.</summary>
    public IReadOnlyList<string> FileIds { get; internal set; } = [];

    /// <summary>The properties; values that are not text are stored as JSON.</summary>
    public IReadOnlyDictionary<string, string> Props { get; set; } = NoProps;

    /// <summary>Whether it is pinned.</summary>
    public bool IsPinned { get; set; }

    /// <summary>Whether the server wrote it.</summary>
    public bool IsSystem => Type.StartsWith("system_", StringComparison.Ordinal);

    /// <summary>The stored flag that it has reactions: a post shows its reactions only if it is set. An update that
    /// replaces the whole post (PUT) clears the flag and keeps the reactions.</summary>
    internal bool HasReactions { get; set; }

    /// <summary>All reactions, including removed ones.</summary>
    internal List<SandboxReaction>? Reactions { get; set; }

    /// <summary>The replies, when this is a thread's first post.</summary>
    internal List<SandboxPost>? Replies { get; set; }

    /// <summary>Props that are not text, by name, as raw JSON.</summary>
    internal IReadOnlySet<string>? RawProps { get; set; }

    /// <summary>The priority as the client sent it, such as <c>urgent</c>; null for none.</summary>
    public SandboxPriority? Priority { get; internal set; }

    /// <summary>Who acknowledged it, by their ids, and when.</summary>
    internal List<(string UserId, long At)>? Acknowledgements { get; set; }

    /// <summary>Whether the list of files is null instead of empty: none of the files that the client named could be
    /// attached.</summary>
    internal bool HasNoFileList { get; init; }

    /// <summary>Whether it was written by a user: posts of webhooks and of the server have no <c>remote_id</c>.</summary>
    internal bool HasRemoteId { get; init; }

    /// <summary>The post of which this is an earlier version; empty if it is none.</summary>
    internal string OriginalId { get; init; } = "";

    /// <summary>What is known about its replies; null if nobody replied or followed.</summary>
    internal SandboxThread? Thread { get; set; }

    /// <summary>Its earlier versions, the oldest first.</summary>
    internal List<SandboxPost>? Versions { get; set; }

    internal int ReplyCount => Replies?.Count(static reply => reply.DeleteAt == 0) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Message}";
}
