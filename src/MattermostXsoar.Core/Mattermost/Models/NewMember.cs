namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The user to add; for a team the team's id is sent as well.</summary>
internal sealed class NewMember
{
    public string? TeamId { get; init; }

    public required string UserId { get; init; }
}
