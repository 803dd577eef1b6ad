namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A channel of any type, with its members and posts.</summary>
public sealed class SandboxChannel
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The team's id; empty for direct and group messages.</summary>
    public required string TeamId { get; set; }

    /// <summary>The name in URLs.</summary>
    public required string Name { get; set; }

    /// <summary>The display name.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary><c>O</c> public, <c>P</c> private, <c>D</c> direct, <c>G</c> group.</summary>
    public string Type { get; set; } = "O";

    /// <summary>The header.</summary>
    public string Header { get; set; } = "";

    /// <summary>The purpose.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>The id of its creator.</summary>
    public string CreatorId { get; init; } = "";

    /// <summary>Creation, in ms since the epoch.</summary>
    public long CreateAt { get; init; }

    /// <summary>Last change, in ms since the epoch.</summary>
    public long UpdateAt { get; set; }

    /// <summary>Archiving, in ms since the epoch; 0 while it is not archived.</summary>
    public long DeleteAt { get; set; }

    /// <summary>The newest post, in ms since the epoch.</summary>
    public long LastPostAt { get; set; }

    /// <summary>The newest post that is no reply, in ms since the epoch.</summary>
    public long LastRootPostAt { get; set; }

    /// <summary>The banner as JSON; null for none.</summary>
    public string? Banner { get; set; }

    /// <summary>The category that the channel is put into for new members; empty for the usual one.</summary>
    public string DefaultCategoryName { get; set; } = "";

    /// <summary>Posts that are not system messages.</summary>
    public long TotalMessageCount { get; set; }

    /// <summary>The ones of these that are not replies.</summary>
    public long TotalRootCount { get; set; }

    /// <summary>Whether it is archived.</summary>
    public bool IsArchived => DeleteAt != 0;

    /// <summary>Ids of the members.</summary>
    public IReadOnlyCollection<string> MemberIds => [.. Members.Keys];

    /// <summary>The newest change of a post, in ms since the epoch.</summary>
    internal long LastPostUpdateAt { get; set; }

    internal OrderedDictionary<string, SandboxChannelMember> Members { get; } = [];

    /// <summary>All posts, including deleted ones, in order of <c>create_at</c>.</summary>
    internal List<SandboxPost> Posts { get; } = [];

    /// <summary>Whether it was a group channel before.</summary>
    internal bool WasGroup { get; set; }

    internal bool IsDirect => Type is "D" or "G";
}
