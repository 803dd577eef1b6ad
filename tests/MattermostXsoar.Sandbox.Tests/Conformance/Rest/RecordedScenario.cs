using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>A sandbox in the state of the recorder's server when the first request was recorded.</summary>
internal sealed class RecordedScenario : IAsyncDisposable
{
    private readonly List<TestSocket> _sockets = [];

    private RecordedScenario(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    public IdMap Ids { get; } = new();

    /// <summary>The tokens by the recorder's names for them.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <summary>The recorder's server: files of at most 1 MiB, a bot that is an administrator, long answers
    /// compressed.</summary>
    public static SandboxOptions Options =>
        OlderServer.Options with
        {
            BotIsSystemAdmin = true,
            Compression = true,
            MaxFileSize = 1024 * 1024,
            Seed = new SandboxSeed
            {
                EmailsAreVerified = false,
                Bot = "xsoarbot",
                BotDescription = "local test bot",
                People = [],
                XsoarUsers = [],
                PublicChannels = [],
                PrivateChannels = [],
                Incidents = [],
            },
            // Each reading of the clock is a millisecond later, so that two steps of the server have two times, as
            // recorded.
            TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 14, 43, 0, TimeSpan.Zero))
            {
                AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
            },
        };

    /// <param name="options">How the sandbox behaves.</param>
    /// <param name="listens">Whether the recorder's websockets are opened, which makes their users online.</param>
    public static async Task<RecordedScenario> StartAsync(SandboxOptions options, bool listens = true)
    {
        var scenario = new RecordedScenario(await SandboxServer.StartAsync(options));
        scenario.Populate();
        scenario.Learn();
        foreach (var name in listens ? new[] { "user1 personal token", "admin personal token", "xsoarbot token" } : [])
            scenario._sockets.Add(await TestSocket.OpenAsync(scenario.Sandbox, scenario.Tokens[name]));
        return scenario;
    }

    public async ValueTask DisposeAsync()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        await Sandbox.DisposeAsync();
    }

    private void Populate()
    {
        var world = Sandbox.Mattermost;
        for (var i = 1; i <= 5; i++)
        {
            world.CreateUser($"user{i}", $"First{i}", $"Last{i}", nickname: $"Nick{i}", password: "correct-horse-9");
            world.AddToTeam("panw", $"user{i}");
        }
        world.CreateUser("plainbot", "Plain Bot", isBot: true);
        world.AddToTeam("panw", "plainbot", admin: true);
        world.CreateUser("mattermost-advisor", "Mattermost Advisor", isBot: true);
        foreach (var (name, type) in new[] { ("test", "O"), ("alerts", "O"), ("secret", "P") })
            world.CreateChannel(
                "admin",
                name,
                char.ToUpperInvariant(name[0]) + name[1..],
                type,
                purpose: name + " purpose",
                header: name + " header"
            );
        foreach (
            var (channel, users) in new[]
            {
                ("test", "xsoarbot user1 user2 user3"),
                ("alerts", "xsoarbot user1"),
                ("secret", "xsoarbot user1"),
            }
        )
        {
            foreach (var user in users.Split(' '))
                world.AddMember(channel, user, "admin");
        }
        Tokens["admin personal token"] = Sandbox.PersonalToken;
        Tokens["xsoarbot token"] = Sandbox.BotToken;
        Tokens["user1 personal token"] = world.CreateToken("user1", "user1 personal token");
        Tokens["plainbot token"] = world.CreateToken("plainbot", "plainbot token");
    }

    /// <summary>Maps what existed before the first request to the recorded ids.</summary>
    private void Learn()
    {
        var world = Sandbox.Mattermost;
        foreach (var user in RecordedCall.Load(Recorded.Folder, "rest-users-list").Body.EnumerateArray())
            Ids.Bind(user.GetProperty("id").GetString()!, world.User(user.GetProperty("username").GetString()!).Id);
        Ids.Bind(
            RecordedCall.Load(Recorded.Folder, "rest-teams-get-by-name").Body.GetProperty("id").GetString()!,
            world.Team("panw").Id
        );
        foreach (
            var channel in RecordedCall.Load(Recorded.Folder, "rest-channels-list-all-admin").Body.EnumerateArray()
        )
        {
            if (channel.GetProperty("team_name").GetString() == "panw")
                Ids.Bind(
                    channel.GetProperty("id").GetString()!,
                    world.Channel(channel.GetProperty("name").GetString()!).Id
                );
        }
    }
}
