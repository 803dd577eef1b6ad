using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox;

/// <summary>Makes a seed of what a person wrote, and reports unknown names with their place.</summary>
internal sealed partial class SeedReader(JsonFields root)
{
    private readonly List<string> _teams = [];
    private readonly List<string> _usernames = [];
    private readonly List<string> _xsoarUsers = [];
    private readonly List<string> _emails = [];

    public SandboxSeed Read()
    {
        var admin = Username(root, "admin") ?? "admin";
        var bot = Username(root, "bot") ?? "xsoarbot";
        var teams = root.Objects("teams").Select(ReadTeam).ToList();
        if (teams.Count == 0)
            teams.Add(new SandboxSeedTeam(Known(_teams, root, "teams", "panw")));
        var seed = new SandboxSeed
        {
            Admin = Known(_usernames, root, "admin", admin),
            Bot = Known(_usernames, root, "bot", bot),
            TeamName = teams[0].Name,
            TeamDisplayName = teams[0].DisplayName,
            OtherTeams = teams[1..],
            People = [],
            PublicChannels = [],
            PrivateChannels = [],
            Incidents = [],
            Accounts = [.. root.Objects("people").Select(ReadPerson)],
            XsoarUsers = _xsoarUsers,
            Channels = ReadChannels(),
            Groups = ReadGroups(),
            Cases = [.. root.Objects("incidents").Select(ReadIncident)],
        };
        root.End();
        return seed;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9._-]{0,63}$")]
    private static partial Regex UsernameForm();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{1,63}$")]
    private static partial Regex NameForm();

    private static string? Username(JsonFields fields, string key) =>
        fields.Text(key) is not { } name ? null
        : UsernameForm().IsMatch(name) ? name
        : throw fields.Wrong(
            key,
            $"\"{name}\" is not a username; "
                + "use a lower-case letter, then lower-case letters, digits, dots, dashes or underscores"
        );

    private static string Name(JsonFields fields) =>
        fields.RequiredText("name") is var name && NameForm().IsMatch(name)
            ? name
            : throw fields.Wrong(
                "name",
                $"\"{name}\" is not a name for addresses; use 2 to 64 lower-case letters, digits, dashes or "
                    + "underscores, and displayName for the name that people see"
            );

    private static string Known(List<string> names, JsonFields fields, string key, string name)
    {
        if (names.Contains(name))
            throw fields.Wrong(key, $"\"{name}\" exists already; use another name");
        names.Add(name);
        return name;
    }

    private static IReadOnlyList<string>? References(JsonFields fields, string key, List<string> known, string what)
    {
        if (!fields.Has(key))
            return null;
        var names = fields.Texts(key);
        var unknown = names.Select((name, index) => (name, index)).FirstOrDefault(it => !known.Contains(it.name));
        return unknown.name is null
            ? names
            : throw fields.Wrong(
                $"{key}[{unknown.index}]",
                $"there is no {what} \"{unknown.name}\"{NearMiss.Hint(unknown.name, known)}; "
                    + $"known are {string.Join(", ", known)}"
            );
    }

    private SandboxSeedTeam ReadTeam(JsonFields fields)
    {
        var team = new SandboxSeedTeam(Known(_teams, fields, "name", Name(fields)), fields.Text("displayName"));
        fields.End();
        return team;
    }

    private SandboxSeedPerson ReadPerson(JsonFields fields)
    {
        var username =
            Username(fields, "username") ?? throw fields.Wrong("username", "is missing; write the name for mentions");
        var email = fields.Text("email");
        if (
            email is not null
            && (!email.Contains('@', StringComparison.Ordinal) || email.Contains(' ', StringComparison.Ordinal))
        )
            throw fields.Wrong("email", $"\"{email}\" is not an e-mail address; use one such as jane@example.com");
        var person = new SandboxSeedPerson
        {
            Username = Known(_usernames, fields, "username", username),
            FirstName = fields.Text("firstName") ?? "",
            LastName = fields.Text("lastName") ?? "",
            Email = email is null ? null : Known(_emails, fields, "email", email),
            Password = fields.Text("password"),
            IsAdmin = fields.Flag("admin") ?? false,
            Teams = References(fields, "teams", _teams, "team"),
        };
        if (fields.Flag("xsoarUser") ?? false)
            _xsoarUsers.Add(username);
        fields.End();
        return person;
    }

    private List<SandboxSeedChannel> ReadChannels()
    {
        var channels = new List<SandboxSeedChannel>();
        var taken = new List<string>();
        foreach (var fields in root.Objects("channels"))
        {
            var name = Name(fields);
            var team = fields.Text("team");
            if (team is not null && !_teams.Contains(team))
                throw fields.Wrong(
                    "team",
                    $"there is no team \"{team}\"{NearMiss.Hint(team, _teams)}; known are {string.Join(", ", _teams)}"
                );
            if (name is "town-square" or "off-topic")
                throw fields.Wrong("name", $"every team already has its {name}; leave it out");
            Known(taken, fields, "name", $"{name}@{team ?? _teams[0]}");
            channels.Add(
                new SandboxSeedChannel
                {
                    Name = name,
                    Team = team,
                    DisplayName = fields.Text("displayName"),
                    IsPrivate = fields.Flag("private") ?? false,
                    Purpose = fields.Text("purpose") ?? "",
                    Header = fields.Text("header") ?? "",
                    Members = References(fields, "members", _usernames, "person"),
                }
            );
            fields.End();
        }
        return channels;
    }

    private List<SandboxSeedGroup> ReadGroups()
    {
        // A group is mentioned like a person, and so cannot have a person's name.
        var taken = new List<string>(_usernames);
        return [.. root.Objects("groups").Select(fields => ReadGroup(fields, taken))];
    }

    private SandboxSeedGroup ReadGroup(JsonFields fields, List<string> taken)
    {
        var source = fields.Text("source") ?? "custom";
        if (source is not ("custom" or "ldap"))
            throw fields.Wrong("source", $"expected \"custom\" or \"ldap\", found \"{source}\"");
        var group = new SandboxSeedGroup
        {
            Name = Known(
                taken,
                fields,
                "name",
                Username(fields, "name") ?? throw fields.Wrong("name", "is missing; write the name for mentions")
            ),
            DisplayName = fields.Text("displayName"),
            Members = References(fields, "members", _usernames, "person") ?? [],
            Source = source,
        };
        fields.End();
        return group;
    }

    private SandboxSeedIncident ReadIncident(JsonFields fields)
    {
        var incident = new SandboxSeedIncident
        {
            Name = fields.RequiredText("name"),
            Type = fields.Text("type") ?? "Unclassified",
            Severity = fields.Number("severity", 0, 4) ?? 1,
            Owner = fields.Text("owner") ?? "admin",
            Details = fields.Text("details") ?? "",
            IsPending = fields.Flag("pending") ?? false,
            IsClosed = fields.Flag("closed") ?? false,
            CustomFieldsJson = fields.RawObject("fields") ?? "{}",
            Entries = [.. fields.Objects("entries").Select(ReadEntry)],
        };
        if (incident.IsPending && (incident.IsClosed || incident.Entries.Count > 0))
            throw fields.Wrong(
                "pending",
                "a pending incident has no War Room; leave out closed and entries, or pending"
            );
        fields.End();
        return incident;
    }

    private static (string User, string Text) ReadEntry(JsonFields fields)
    {
        var entry = (fields.RequiredText("user"), fields.RequiredText("text"));
        fields.End();
        return entry;
    }
}
