namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>The link of a group with a team or a channel.</summary>
internal sealed class SandboxGroupLink
{
    public required string GroupId { get; init; }

    public required string TargetId { get; init; }

    public required bool IsTeam { get; init; }

    public bool AutoAdd { get; set; }

    public bool SchemeAdmin { get; set; }

    public long CreateAt { get; init; }

    public long UpdateAt { get; set; }
}
