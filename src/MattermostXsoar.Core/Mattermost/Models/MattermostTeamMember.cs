using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A user's membership in a team.</summary>
public sealed class MattermostTeamMember
{
    /// <summary>The team's id.</summary>
    [JsonInclude]
    public string TeamId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The user's id.</summary>
    [JsonInclude]
    public string UserId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The roles, separated by blanks, e.g. <c>team_user team_admin</c>.</summary>
    [JsonInclude]
    public string Roles
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When the user left the team, in milliseconds since 1970 (UTC) as the server sends it; 0 when it never
    /// happened.</summary>
    [JsonInclude, JsonPropertyName("delete_at")]
    public long DeleteAtMs { get; internal set; }

    /// <summary>Whether the user is a guest here.</summary>
    [JsonInclude]
    public bool SchemeGuest { get; internal set; }

    /// <summary>Whether the user has a member's role.</summary>
    [JsonInclude]
    public bool SchemeUser { get; internal set; }

    /// <summary>Whether the user administers the team.</summary>
    [JsonInclude]
    public bool SchemeAdmin { get; internal set; }

    /// <summary>Roles beyond those of the scheme.</summary>
    [JsonInclude]
    public string ExplicitRoles
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When the user left the team; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? DeleteAt => EpochTime.FromMilliseconds(DeleteAtMs);

    /// <summary>Fields that this version of the module does not name, as the server sent them.</summary>
    [JsonInclude, JsonExtensionData]
    public IDictionary<string, JsonElement> AdditionalData
    {
        get => field ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        internal set;
    }
}
