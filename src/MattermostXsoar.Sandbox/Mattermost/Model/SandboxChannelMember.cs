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
}
