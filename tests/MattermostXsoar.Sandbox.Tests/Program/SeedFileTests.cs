using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Program;

/// <summary>Seed files: what they create, and messages about invalid ones.</summary>
public sealed class SeedFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task It_creates_teams_people_channels_groups_and_incidents()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Seed = Read(
                    """
                    {
                      // Comments are allowed.
                      "admin": "ada", "bot": "warbot",
                      "teams": [{ "name": "soc", "displayName": "SOC" }, { "name": "it" }],
                      "people": [
                        { "username": "jane", "firstName": "Jane", "lastName": "Doe", "email": "jane@corp.example", "password": "Sesame-1", "teams": ["soc", "it"], "xsoarUser": true },
                        { "username": "joe", "admin": true }
                      ],
                      "channels": [
                        { "name": "alerts", "displayName": "Alerts!", "purpose": "Alarms", "header": "On call: Joe" },
                        { "name": "war", "private": true, "members": ["jane"] },
                        { "name": "helpdesk", "team": "it" }
                      ],
                      "groups": [{ "name": "analysts", "displayName": "Analysts", "members": ["jane", "joe"] }],
                      "incidents": [
                        { "name": "Phish", "type": "Phishing", "severity": 3, "owner": "jane", "details": "A mail.", "fields": { "mailsubject": "Win!" },
                          "entries": [{ "user": "jane", "text": "Looking." }] },
                        { "name": "Old", "closed": true },
                        { "name": "Waiting", "pending": true },
                      ],
                    }
                    """
                ),
            }
        );

        var world = sandbox.Mattermost;
        Assert.Equal("soc", sandbox.TeamName);
        Assert.Equal(["SOC", "it"], world.Teams.Select(static it => it.DisplayName));
        Assert.Equal(["ada", "jane", "joe", "warbot"], world.Users.Select(static it => it.Username));
        var jane = world.User("jane");
        Assert.Equal(("Jane", "Doe", "jane@corp.example"), (jane.FirstName, jane.LastName, jane.Email));
        Assert.Equal("jane@corp.example", Assert.Single(sandbox.Xsoar.Users, static it => it.Username == "jane").Email);
        using var client = new SandboxClient(sandbox);
        Assert.Equal(
            200,
            (await client.PostAsync("/api/v4/users/login", new { login_id = "jane", password = "Sesame-1" }, "")).Status
        );
        Assert.Equal(
            401,
            (await client.PostAsync("/api/v4/users/login", new { login_id = "jane", password = "Sesame-2" }, "")).Status
        );
        Assert.Contains("system_admin", world.User("joe").Roles, StringComparison.Ordinal);

        Assert.Equal(["ada", "jane", "joe", "warbot"], Members(sandbox, "alerts"));
        Assert.Equal(["ada", "jane"], Members(sandbox, "war"));
        Assert.Equal(["ada", "jane", "warbot"], Members(sandbox, "helpdesk"));
        var alerts = world.Channel("alerts");
        Assert.Equal(
            ("Alerts!", "O", "Alarms", "On call: Joe"),
            (alerts.DisplayName, alerts.Type, alerts.Purpose, alerts.Header)
        );
        Assert.Equal("P", world.Channel("war").Type);
        Assert.Equal("Analysts", Assert.Single(world.Groups).DisplayName);

        var phish = sandbox.Xsoar.Incident("1");
        Assert.Equal(
            ("Phish", "Phishing", 3.0, "jane", "A mail."),
            (phish.Name, phish.Type, phish.Severity, phish.Owner, phish.Details)
        );
        Assert.Equal("Looking.", Assert.Single(sandbox.Xsoar.Entries("1")).Contents);
        Assert.True(sandbox.Xsoar.Incident("2").IsClosed);
        Assert.Equal(0, sandbox.Xsoar.Incident("3").Status);
    }

    [Fact]
    public async Task An_empty_one_still_has_a_team_an_administrator_and_a_bot()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = Read("{}") });
        Assert.Equal(["admin", "xsoarbot"], sandbox.Mattermost.Users.Select(static it => it.Username));
        Assert.Equal("panw", Assert.Single(sandbox.Mattermost.Teams).Name);
        Assert.Empty(sandbox.Xsoar.Incidents);
    }

    [Theory]
    [InlineData(
        """{"poeple":[]}""",
        "$.poeple: there is no such key, did you mean people?; the keys are admin, bot, teams"
    )]
    [InlineData(
        """{"people":[{"username":"jane","emial":"x"}]}""",
        "$.people[0].emial: there is no such key, did you mean email?"
    )]
    [InlineData("""{"people":{"username":"jane"}}""", "$.people: expected a list such as [ … ], found an object")]
    [InlineData("""{"people":["jane"]}""", "$.people[0]: expected an object such as { … }, found \"jane\"")]
    [InlineData("""{"people":[{"firstName":"Jane"}]}""", "$.people[0].username: is missing")]
    [InlineData(
        """{"people":[{"username":"Jane Doe"}]}""",
        "$.people[0].username: \"Jane Doe\" is not a username; use a lower-case letter"
    )]
    [InlineData(
        """{"people":[{"username":"jane"},{"username":"jane"}]}""",
        "$.people[1].username: \"jane\" exists already"
    )]
    [InlineData(
        """{"people":[{"username":"jane","email":"jane"}]}""",
        "$.people[0].email: \"jane\" is not an e-mail address"
    )]
    [InlineData(
        """{"people":[{"username":"ann","email":"x@y.example"},{"username":"jane","email":"x@y.example"}]}""",
        "$.people[1].email: \"x@y.example\" exists already"
    )]
    [InlineData(
        """{"people":[{"username":"jane","admin":"yes"}]}""",
        "$.people[0].admin: expected true or false, found \"yes\""
    )]
    [InlineData(
        """{"people":[{"username":"jane","teams":["sco"]}],"teams":[{"name":"soc"}]}""",
        "$.people[0].teams[0]: there is no team \"sco\", did you mean soc?"
    )]
    [InlineData("""{"teams":[{"name":"The SOC"}]}""", "$.teams[0].name: \"The SOC\" is not a name for addresses")]
    [InlineData(
        """{"channels":[{"name":"a-b","members":["jnae"]}],"people":[{"username":"jane"}]}""",
        "$.channels[0].members[0]: there is no person \"jnae\""
    )]
    [InlineData("""{"channels":[{"name":"ab"},{"name":"ab"}]}""", "$.channels[1].name: ")]
    [InlineData(
        """{"channels":[{"name":"town-square"}]}""",
        "$.channels[0].name: every team already has its town-square"
    )]
    [InlineData("""{"channels":[{"name":"ab","team":"it"}]}""", "$.channels[0].team: there is no team \"it\"")]
    [InlineData(
        """{"groups":[{"name":"jane"}],"people":[{"username":"jane"}]}""",
        "$.groups[0].name: \"jane\" exists already"
    )]
    [InlineData(
        """{"groups":[{"name":"one"},{"name":"two","members":["one"]}]}""",
        "$.groups[1].members[0]: there is no person \"one\""
    )]
    [InlineData(
        """{"groups":[{"name":"one","source":"file"}]}""",
        "$.groups[0].source: expected \"custom\" or \"ldap\""
    )]
    [InlineData(
        """{"incidents":[{"name":"x","severity":"high"}]}""",
        "$.incidents[0].severity: expected a number from 0 to 4, found \"high\""
    )]
    [InlineData("""{"incidents":[{"name":"x","fields":[]}]}""", "$.incidents[0].fields: expected an object")]
    [InlineData(
        """{"incidents":[{"name":"x","entries":[{"user":"jane"}]}]}""",
        "$.incidents[0].entries[0].text: is missing or empty"
    )]
    [InlineData(
        """{"incidents":[{"name":"x","pending":true,"closed":true}]}""",
        "$.incidents[0].pending: a pending incident has no War Room"
    )]
    [InlineData("""{"admin":"x","admin":"y"}""", "$.admin: the key appears twice")]
    [InlineData("people: jane", " is not JSON: ")]
    public void A_mistake_is_reported_with_file_place_and_correction(string json, string message)
    {
        var error = Assert.Throws<UsageException>(() => Read(json)).Message;
        Assert.StartsWith(_file, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static string[] Members(SandboxServer sandbox, string channel) =>
        [
            .. sandbox
                .Mattermost.Channel(channel)
                .Members.Keys.Select(id => sandbox.Mattermost.User(id).Username)
                .Order(StringComparer.Ordinal),
        ];

    private SandboxSeed Read(string json)
    {
        File.WriteAllText(_file, json);
        return SeedFile.Read(_file);
    }
}
