namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Who to add; a team's members are added with the team's id as well.</summary>
internal sealed class NewMember
{
    public string? TeamId { get; init; }

    public required string UserId { get; init; }
}
