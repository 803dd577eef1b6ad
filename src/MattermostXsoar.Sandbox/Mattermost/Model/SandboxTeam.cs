namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A team.</summary>
public sealed class SandboxTeam
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string Name { get; init; }

    /// <summary>The display name.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary><c>O</c> open or <c>I</c> by invitation.</summary>
    public string Type { get; set; } = "O";

    /// <summary>The e-mail address of its creator.</summary>
    public string Email { get; init; } = "";

    /// <summary>Creation, in ms since the epoch.</summary>
    public long CreateAt { get; init; }

    /// <summary>Last change, in ms since the epoch.</summary>
    public long UpdateAt { get; set; }

    /// <summary>Archiving, in ms since the epoch; 0 while it is not archived.</summary>
    public long DeleteAt { get; set; }

    /// <summary>What the team is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>Whether any user may find and join it.</summary>
    public bool AllowOpenInvite { get; set; }

    internal string CompanyName { get; set; } = "";

    internal string AllowedDomains { get; set; } = "";

    internal string InviteId { get; set; } = Ids.New();

    /// <summary>Ids of the members, in order of joining, with whether they administer the team.</summary>
    internal OrderedDictionary<string, bool> Members { get; } = [];
}
