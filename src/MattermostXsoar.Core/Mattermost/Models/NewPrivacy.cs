namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Who can read a channel: <c>O</c> for everybody in its team, <c>P</c> for its members.</summary>
internal sealed class NewPrivacy
{
    public required string Privacy { get; init; }
}
