namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The roles to give to a member.</summary>
internal sealed class NewRoles
{
    /// <summary>Separated by blanks.</summary>
    public required string Roles { get; init; }
}
