namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>What the server knows about the replies to a post.</summary>
internal sealed class SandboxThread
{
    /// <summary>The number of replies; a deleted thread keeps it.</summary>
    public int ReplyCount { get; set; }

    public long LastReplyAt { get; set; }

    /// <summary>The ids of those who replied, in the order of their newest reply.</summary>
    public List<string> Participants { get; } = [];

    /// <summary>Who follows it or did, by id.</summary>
    public Dictionary<string, SandboxThreadMember> Members { get; } = [];

    public bool IsFollowedBy(string userId) => Members.TryGetValue(userId, out var member) && member.IsFollowing;
}
