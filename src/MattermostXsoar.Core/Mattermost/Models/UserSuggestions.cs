namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The users that the server offers for what somebody began to type.</summary>
internal sealed class UserSuggestions
{
    public IReadOnlyList<MattermostUser> Users
    {
        get;
        init => field = value ?? [];
    } = [];
}
