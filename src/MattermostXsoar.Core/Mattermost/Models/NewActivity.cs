namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Whether a user may log in.</summary>
internal sealed class NewActivity
{
    public required bool Active { get; init; }
}
