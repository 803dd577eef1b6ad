using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A Mattermost team.</summary>
public sealed class MattermostTeam : MattermostResource
{
    /// <summary>The name that is displayed.</summary>
    [JsonInclude]
    public string DisplayName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name in links: lower case, unique on the server.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>What the team is for.</summary>
    [JsonInclude]
    public string Description
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The e-mail address of the user who created the team.</summary>
    [JsonInclude]
    public string Email
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary><c>O</c> open or <c>I</c> by invitation.</summary>
    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The company, if one is set.</summary>
    [JsonInclude]
    public string CompanyName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The e-mail domains that may join, comma separated.</summary>
    [JsonInclude]
    public string AllowedDomains
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The id in the invitation link; empty for users who may not invite.</summary>
    [JsonInclude]
    public string InviteId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether anyone on the server may join.</summary>
    [JsonInclude]
    public bool AllowOpenInvite { get; internal set; }

    /// <summary>The permission scheme; null without one.</summary>
    [JsonInclude]
    public string? SchemeId { get; internal set; }

    /// <summary>Whether membership follows directory groups.</summary>
    [JsonInclude]
    public bool? GroupConstrained { get; internal set; }

    /// <summary>The retention policy; null without one.</summary>
    [JsonInclude]
    public string? PolicyId { get; internal set; }

    /// <summary>Whether the team is archived.</summary>
    [JsonIgnore]
    public bool IsArchived => DeleteAtMs != 0;

    /// <summary>The display name and the name.</summary>
    public override string ToString() => $"{DisplayName} ({Name})";
}
