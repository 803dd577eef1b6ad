using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Whom to add to a group, or to take out of it.</summary>
internal sealed class UserIds
{
    [JsonPropertyName("user_ids")]
    public required IReadOnlyCollection<string> Ids { get; init; }
}
