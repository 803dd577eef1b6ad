using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A Mattermost user: a person or a bot.</summary>
public sealed class MattermostUser : MattermostResource
{
    /// <summary>The name that is mentioned, without <c>@</c>.</summary>
    [JsonInclude]
    public string Username
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The id at an external sign-on service; empty without one.</summary>
    [JsonInclude]
    public string AuthData
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The external sign-on service, e.g. <c>ldap</c> or <c>saml</c>; empty for a password.</summary>
    [JsonInclude]
    public string AuthService
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The e-mail address; empty if the server hides it.</summary>
    [JsonInclude]
    public string Email
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether the server has verified the address; null where it does not say.</summary>
    [JsonInclude]
    public bool? EmailVerified { get; internal set; }

    /// <summary>The nickname.</summary>
    [JsonInclude]
    public string Nickname
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The first name.</summary>
    [JsonInclude]
    public string FirstName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The last name.</summary>
    [JsonInclude]
    public string LastName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The position.</summary>
    [JsonInclude]
    public string Position
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The roles, separated by spaces, e.g. <c>system_user system_admin</c>.</summary>
    [JsonInclude]
    public string Roles
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The language, e.g. <c>en</c>.</summary>
    [JsonInclude]
    public string Locale
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The time zone settings.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, string>? Timezone { get; internal set; }

    /// <summary>The notification settings; only sent to the user and to administrators.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, string>? NotifyProps { get; internal set; }

    /// <summary>Whether this is a bot account.</summary>
    [JsonInclude]
    public bool IsBot { get; internal set; }

    /// <summary>The description of a bot; null for people.</summary>
    [JsonInclude]
    public string? BotDescription { get; internal set; }

    /// <summary>Whether no welcome mail is sent.</summary>
    [JsonInclude]
    public bool? DisableWelcomeEmail { get; internal set; }

    /// <summary>First and last name; empty when neither is set.</summary>
    [JsonIgnore]
    public string FullName => $"{FirstName} {LastName}".Trim();

    /// <summary>Whether the account is deactivated.</summary>
    [JsonIgnore]
    public bool IsDeactivated => DeleteAtMs != 0;

    /// <summary>Whether the user administers the server.</summary>
    [JsonIgnore]
    public bool IsSystemAdmin => Roles.Split(' ').Contains("system_admin");

    /// <summary>The username with <c>@</c>.</summary>
    public override string ToString() => "@" + Username;
}
