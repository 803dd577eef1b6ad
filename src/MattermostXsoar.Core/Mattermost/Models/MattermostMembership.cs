using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A user's membership in a team or a channel, with the roles in it.</summary>
public abstract class MattermostMembership : MattermostObject, IAnswer
{
    bool IAnswer.IsComplete => UserId.Length > 0;

    private protected MattermostMembership() { }

    /// <summary>The user's id.</summary>
    [JsonInclude]
    public string UserId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The roles, separated by spaces, e.g. <c>channel_user channel_admin</c>.</summary>
    [JsonInclude]
    public string Roles
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether the user is a guest here.</summary>
    [JsonInclude]
    public bool SchemeGuest { get; internal set; }

    /// <summary>Whether the user has a member's role.</summary>
    [JsonInclude]
    public bool SchemeUser { get; internal set; }

    /// <summary>Whether the user has an administrator's role here.</summary>
    [JsonInclude]
    public bool SchemeAdmin { get; internal set; }

    /// <summary>Roles beyond those of the scheme.</summary>
    [JsonInclude]
    public string ExplicitRoles
    {
        get;
        internal set => field = value ?? "";
    } = "";
}
