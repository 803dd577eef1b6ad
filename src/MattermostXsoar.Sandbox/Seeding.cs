using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox;

/// <summary>Fills a fresh sandbox.</summary>
internal static class Seeding
{
    public static void Plant(MattermostWorld mattermost, XsoarWorld xsoar, SandboxSeed seed, bool botIsSystemAdmin)
    {
        mattermost.CreateUser(seed.Admin, "Ada", "Admin", roles: "system_admin system_user");
        mattermost.CreateTeam(seed.TeamName, seed.TeamDisplayName ?? seed.TeamName.ToUpperInvariant(), seed.Admin);
        foreach (var team in seed.OtherTeams)
            mattermost.CreateTeam(team.Name, team.DisplayName ?? team.Name, seed.Admin);
        foreach (var (username, firstName, lastName) in seed.People)
        {
            mattermost.CreateUser(username, firstName, lastName);
            mattermost.AddToTeam(seed.TeamName, username);
        }
        mattermost.CreateUser(
            seed.Bot,
            "XSOAR Bot",
            isBot: true,
            roles: botIsSystemAdmin ? "system_user system_admin" : "system_user",
            description: seed.BotDescription
        );
        // A system administrator becomes administrator of the teams it joins.
        mattermost.AddToTeam(seed.TeamName, seed.Bot, admin: botIsSystemAdmin);
        foreach (var team in seed.OtherTeams)
            mattermost.AddToTeam(team.Name, seed.Bot, admin: botIsSystemAdmin);
        foreach (var person in seed.Accounts)
            Plant(mattermost, seed, person);
        foreach (var person in mattermost.Users.Where(static user => !user.IsBot))
            person.EmailVerified = seed.EmailsAreVerified;
        foreach (var name in seed.PublicChannels)
        {
            mattermost.CreateChannel(
                seed.Admin,
                name,
                Display(name),
                purpose: name + " purpose",
                header: name + " header"
            );
            foreach (var (username, _, _) in seed.People)
                mattermost.AddMember(name, username, seed.Admin);
            mattermost.AddMember(name, seed.Bot, seed.Admin);
        }
        foreach (var name in seed.PrivateChannels)
        {
            mattermost.CreateChannel(
                seed.Admin,
                name,
                Display(name),
                "P",
                purpose: name + " purpose",
                header: name + " header"
            );
            if (seed.People.Count > 0)
                mattermost.AddMember(name, seed.People[0].Username, seed.Admin);
            mattermost.AddMember(name, seed.Bot, seed.Admin);
        }
        foreach (var channel in seed.Channels)
            Plant(mattermost, seed, channel);
        foreach (var group in seed.Groups)
            mattermost.CreateGroup(group.Name, group.DisplayName, group.Members, group.Source);
        foreach (var person in mattermost.Users.Where(user => seed.XsoarUsers.Contains(user.Username)))
            xsoar.AddUser(
                xsoar.ApiKeyId is null ? person.Username : person.Email,
                $"{person.FirstName} {person.LastName}".Trim(),
                person.Email
            );
        foreach (var incident in seed.Incidents)
            xsoar.CreateIncident(incident);
        foreach (var incident in seed.Cases)
            Plant(xsoar, incident);
    }

    private static void Plant(MattermostWorld mattermost, SandboxSeed seed, SandboxSeedPerson person)
    {
        var roles = person.IsAdmin ? "system_admin system_user" : "system_user";
        mattermost.CreateUser(
            person.Username,
            person.FirstName,
            person.LastName,
            person.Email,
            roles: roles,
            password: person.Password
        );
        foreach (var team in person.Teams ?? [seed.TeamName])
            mattermost.AddToTeam(team, person.Username, admin: person.IsAdmin);
    }

    private static void Plant(MattermostWorld mattermost, SandboxSeed seed, SandboxSeedChannel channel)
    {
        var team = channel.Team ?? seed.TeamName;
        var made = mattermost.CreateChannel(
            seed.Admin,
            channel.Name,
            channel.DisplayName ?? Display(channel.Name),
            channel.IsPrivate ? "P" : "O",
            team,
            channel.Purpose,
            channel.Header
        );
        var everybody = mattermost
            .Users.Where(user => mattermost.Team(team).Members.ContainsKey(user.Id))
            .Select(static user => user.Username);
        foreach (var username in channel.Members ?? everybody)
            mattermost.AddMember(made.Id, username, seed.Admin);
    }

    private static void Plant(XsoarWorld xsoar, SandboxSeedIncident seed)
    {
        var id = xsoar.CreateIncident(seed.Name, seed.Type, seed.Severity, seed.Owner, seed.IsPending, seed.Details);
        xsoar.Incident(id).CustomFieldsJson = seed.CustomFieldsJson;
        foreach (var (user, text) in seed.Entries)
            xsoar.AddEntry(id, user, text);
        if (seed.IsClosed)
            xsoar.Close(id);
    }

    private static string Display(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
