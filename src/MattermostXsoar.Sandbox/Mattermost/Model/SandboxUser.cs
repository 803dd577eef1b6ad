using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>An account: a person or a bot.</summary>
public sealed class SandboxUser
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The username, without <c>@</c>.</summary>
    public required string Username { get; set; }

    /// <summary>The e-mail address.</summary>
    public string Email { get; set; } = "";

    /// <summary>Whether the address is verified. Mattermost shows it to the user and, since <see
    /// cref="ServerVersion.AdministratorsSeeSettings"/>, to administrators.</summary>
    public bool EmailVerified { get; set; }

    /// <summary>The single sign-on service, e.g. <c>ldap</c>; empty for a password.</summary>
    public string AuthService { get; set; } = "";

    /// <summary>The first name.</summary>
    public string FirstName { get; set; } = "";

    /// <summary>The last name.</summary>
    public string LastName { get; set; } = "";

    /// <summary>The nickname.</summary>
    public string Nickname { get; set; } = "";

    /// <summary>The position in the organisation.</summary>
    public string Position { get; set; } = "";

    /// <summary>The system roles, separated by spaces.</summary>
    public string Roles { get; set; } = "system_user";

    /// <summary>When the account's picture was set, in ms since the epoch; 0 for the drawn one.</summary>
    public long PictureAt { get; internal set; }

    /// <summary>Whether it is a bot.</summary>
    public bool IsBot => Bot is not null;

    internal StoredContent? Picture { get; set; }

    /// <summary>Whether the picture that the server draws was asked for.</summary>
    internal bool HasDrawnPicture { get; set; }

    /// <summary>Creation, in ms since the epoch.</summary>
    public long CreateAt { get; init; }

    /// <summary>Last change, in ms since the epoch.</summary>
    public long UpdateAt { get; set; }

    /// <summary>Deactivation, in ms since the epoch; 0 while active.</summary>
    public long DeleteAt { get; set; }

    /// <summary>Whether the account is a system administrator.</summary>
    public bool IsSystemAdmin => Roles.Contains("system_admin", StringComparison.Ordinal);

    /// <summary>The language.</summary>
    public string Locale { get; set; } = "en";

    /// <summary>The settings of the time zone, by name.</summary>
    internal SortedDictionary<string, string> TimeZone { get; set; } =
        new(StringComparer.Ordinal)
        {
            ["automaticTimezone"] = "",
            ["manualTimezone"] = "",
            ["useAutomaticTimezone"] = "true",
        };

    /// <summary>The account's properties, such as the custom status.</summary>
    internal SortedDictionary<string, string> Props { get; } = new(StringComparer.Ordinal);

    /// <summary>The settings of notifications; null while they are the default.</summary>
    internal SortedDictionary<string, string>? NotifyProps { get; set; }

    /// <summary>Logins with a wrong password since the last right one.</summary>
    internal int FailedAttempts { get; set; }

    /// <summary>The channel that the user looks at; empty for none.</summary>
    internal string ActiveChannelId { get; set; } = "";

    /// <summary>The newest entries of the account's log of logins.</summary>
    internal List<SandboxAudit> Audits { get; } = [];

    /// <summary>Until when the status is <c>dnd</c>, in seconds since the epoch; 0 for no end.</summary>
    internal long DoNotDisturbUntil { get; set; }

    internal string Status { get; set; } = "offline";

    /// <summary>Whether the status was set by hand.</summary>
    internal bool StatusIsManual { get; set; }

    /// <summary>When the account was last active, in ms since the epoch; 0 for never.</summary>
    internal long LastActivityAt { get; set; }

    internal string Password { get; set; } = "";

    /// <summary>The bot of a bot account; null for a person.</summary>
    internal SandboxBot? Bot { get; init; }

    internal OrderedDictionary<(string Category, string Name), string> Preferences { get; } = [];
}
