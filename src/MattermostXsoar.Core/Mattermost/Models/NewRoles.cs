namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The roles that a member gets.</summary>
internal sealed class NewRoles
{
    /// <summary>Separated by blanks.</summary>
    public required string Roles { get; init; }
}
