using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox;

/// <summary>Fills a fresh sandbox.</summary>
internal static class Seeding
{
    public static void Plant(MattermostWorld mattermost, XsoarWorld xsoar, SandboxSeed seed, bool botIsSystemAdmin)
    {
        mattermost.CreateUser(seed.Admin, "Ada", "Admin", roles: "system_admin system_user");
        mattermost.CreateTeam(seed.TeamName, seed.TeamName.ToUpperInvariant(), seed.Admin);
        foreach (var (username, firstName, lastName) in seed.People)
        {
            mattermost.CreateUser(username, firstName, lastName);
            mattermost.AddToTeam(seed.TeamName, username);
        }
        mattermost.CreateUser(seed.Bot, "XSOAR Bot", isBot: true, roles: botIsSystemAdmin ? "system_user system_admin" : "system_user", description: seed.BotDescription);
        // What administers the server administers the team that it is put in.
        mattermost.AddToTeam(seed.TeamName, seed.Bot, admin: botIsSystemAdmin);
        foreach (var name in seed.PublicChannels)
        {
            mattermost.CreateChannel(seed.Admin, name, Display(name), purpose: name + " purpose", header: name + " header");
            foreach (var (username, _, _) in seed.People)
                mattermost.AddMember(name, username, seed.Admin);
            mattermost.AddMember(name, seed.Bot, seed.Admin);
        }
        foreach (var name in seed.PrivateChannels)
        {
            mattermost.CreateChannel(seed.Admin, name, Display(name), "P", purpose: name + " purpose", header: name + " header");
            if (seed.People.Count > 0)
                mattermost.AddMember(name, seed.People[0].Username, seed.Admin);
            mattermost.AddMember(name, seed.Bot, seed.Admin);
        }
        foreach (var group in seed.Groups)
            mattermost.CreateGroup(group.Name, group.DisplayName, group.Members, group.Source);
        foreach (var person in seed.XsoarUsers.Select(mattermost.User))
            xsoar.AddUser(xsoar.ApiKeyId is null ? person.Username : person.Email, $"{person.FirstName} {person.LastName}".Trim(), person.Email);
        foreach (var incident in seed.Incidents)
            xsoar.CreateIncident(incident);
    }

    private static string Display(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
