using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A user's membership in a team.</summary>
public sealed class MattermostTeamMember : MattermostMembership
{
    /// <summary>The team's id.</summary>
    [JsonInclude]
    public string TeamId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When the user left the team, in milliseconds since 1970 (UTC); 0 when it never happened.</summary>
    [JsonInclude, JsonPropertyName("delete_at")]
    public long DeleteAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>When the user left the team; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? DeleteAt => EpochTime.FromMilliseconds(DeleteAtMs);
}
