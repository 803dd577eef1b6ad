namespace MattermostXsoar.Sandbox;

/// <summary>What exists when a sandbox starts.</summary>
public sealed record SandboxSeed
{
    /// <summary>The team's name.</summary>
    public string TeamName { get; init; } = "panw";

    /// <summary>The administrator who owns the personal token.</summary>
    public string Admin { get; init; } = "admin";

    /// <summary>The bot account.</summary>
    public string Bot { get; init; } = "xsoarbot";

    /// <summary>The bot's description.</summary>
    public string BotDescription { get; init; } = "sandbox bot";

    /// <summary>The password with which people log in.</summary>
    public string Password { get; init; } = "sandbox-password";

    /// <summary>People of the team besides the administrator: username, first name, last name.</summary>
    public IReadOnlyList<(string Username, string FirstName, string LastName)> People { get; init; } =
    [("user1", "First1", "Last1"), ("user2", "Grace", "Hopper"), ("user3", "Alan", "Turing")];

    /// <summary>Public channels besides town-square and off-topic. All people and the bot are members.</summary>
    public IReadOnlyList<string> PublicChannels { get; init; } = ["test", "alerts"];

    /// <summary>Private channels; the administrator, the first person and the bot are members.</summary>
    public IReadOnlyList<string> PrivateChannels { get; init; } = ["secret"];

    /// <summary>Names of the first incidents, whose ids count from 1.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = ["Phishing mail", "Malware on host", "Suspicious login"];

    /// <summary>Groups; they exist whether the license includes groups or not.</summary>
    public IReadOnlyList<SandboxSeedGroup> Groups { get; init; } = [];

    /// <summary>Usernames of the people who are also users of XSOAR, found there by their e-mail address. Unknown names
    /// are ignored.</summary>
    public IReadOnlyList<string> XsoarUsers { get; init; } = ["user1", "user2"];

    /// <summary>Whether the e-mail addresses of all these people are verified. Otherwise nobody counts as user of XSOAR
    /// for what people ask the bot to do.</summary>
    public bool EmailsAreVerified { get; init; } = true;

    /// <summary>Teams besides the first.</summary>
    public IReadOnlyList<SandboxSeedTeam> OtherTeams { get; init; } = [];

    /// <summary>The first team's display name; null for the name in capitals.</summary>
    public string? TeamDisplayName { get; init; }

    /// <summary>People with more than a name, after <see cref="People"/>.</summary>
    public IReadOnlyList<SandboxSeedPerson> Accounts { get; init; } = [];

    /// <summary>Channels with more than a name, after <see cref="PublicChannels"/> and <see
    /// cref="PrivateChannels"/>.</summary>
    public IReadOnlyList<SandboxSeedChannel> Channels { get; init; } = [];

    /// <summary>Incidents with more than a name, after <see cref="Incidents"/>.</summary>
    public IReadOnlyList<SandboxSeedIncident> Cases { get; init; } = [];
}
