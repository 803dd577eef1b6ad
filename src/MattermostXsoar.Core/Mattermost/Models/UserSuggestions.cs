using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The users that the server suggests for the beginning of a name.</summary>
internal sealed class UserSuggestions
{
    [JsonConverter(typeof(LenientListConverter<MattermostUser>))]
    public IReadOnlyList<MattermostUser> Users
    {
        get;
        init => field = value ?? [];
    } = [];
}
