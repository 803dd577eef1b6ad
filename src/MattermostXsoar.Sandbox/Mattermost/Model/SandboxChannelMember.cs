namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A user's membership of a channel.</summary>
public sealed class SandboxChannelMember
{
    /// <summary>The channel's id.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>Whether they administer the channel.</summary>
    public bool IsAdmin { get; set; }

    /// <summary>Last change, in ms since the epoch.</summary>
    public long LastUpdateAt { get; set; }

    /// <summary>How often they were mentioned since they last viewed the channel.</summary>
    public int MentionCount { get; set; }

    /// <summary>The mentions that are not in replies.</summary>
    internal int MentionCountRoot { get; set; }

    /// <summary>When they last viewed the channel, in ms since the epoch; 0 for never.</summary>
    internal long LastViewedAt { get; set; }

    /// <summary>How many of the channel's messages they have seen.</summary>
    internal long MessageCount { get; set; }

    /// <summary>The ones of these that are not replies.</summary>
    internal long RootCount { get; set; }

    /// <summary>Their own notification settings for the channel; null while they are the default.</summary>
    internal SortedDictionary<string, string>? NotifyProps { get; set; }
}
