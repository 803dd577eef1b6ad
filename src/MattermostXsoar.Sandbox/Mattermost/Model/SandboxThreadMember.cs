namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A user's view of a thread.</summary>
internal sealed class SandboxThreadMember
{
    public bool IsFollowing { get; set; } = true;

    public long LastViewedAt { get; set; }

    public int Mentions { get; set; }
}
