using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The users to add to a group or to remove from it.</summary>
internal sealed class UserIds
{
    [JsonPropertyName("user_ids")]
    public required IReadOnlyCollection<string> Ids { get; init; }
}
