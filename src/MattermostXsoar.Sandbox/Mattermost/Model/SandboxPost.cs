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
    public IReadOnlyList<string> FileIds { get; init; } = [];

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

    internal int ReplyCount => Replies?.Count(static reply => reply.DeleteAt == 0) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Message}";
}
