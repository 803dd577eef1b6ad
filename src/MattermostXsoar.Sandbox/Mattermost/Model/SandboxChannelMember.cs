namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>Somebody's membership of a channel.</summary>
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

    /// <summary>How often they were mentioned since they looked.</summary>
    public int MentionCount { get; set; }

    /// <summary>Those mentions that are not in replies.</summary>
    internal int MentionCountRoot { get; set; }

    /// <summary>When they last looked, in ms since the epoch; 0 when never.</summary>
    internal long LastViewedAt { get; set; }

    /// <summary>How many of the channel's messages they have seen.</summary>
    internal long MessageCount { get; set; }

    /// <summary>Those that are not replies.</summary>
    internal long RootCount { get; set; }

    /// <summary>Their own notification settings for the channel; null while they are the default.</summary>
    internal SortedDictionary<string, string>? NotifyProps { get; set; }
}
