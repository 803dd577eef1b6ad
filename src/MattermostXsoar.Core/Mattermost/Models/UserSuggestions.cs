namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The users that the server suggests for the beginning of a name.</summary>
internal sealed class UserSuggestions
{
    public IReadOnlyList<MattermostUser> Users
    {
        get;
        init => field = value ?? [];
    } = [];
}
