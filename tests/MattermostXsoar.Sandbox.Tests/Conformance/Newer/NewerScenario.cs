using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>A sandbox of 11.6 in the state of the recorder's server when the first request was recorded.</summary>
internal sealed class NewerScenario : IAsyncDisposable
{
    public const string Version = "11.6.0";

    private NewerScenario(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    public MattermostWorld World => Sandbox.Mattermost;

    public IdMap Ids { get; } = new();

    /// <summary>The tokens by the recorder's names for them.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <summary>The recorder's server: a bot that is an administrator, long answers compressed, no developer
    /// mode.</summary>
    public static SandboxOptions Options =>
        new()
        {
            MattermostVersion = Version,
            DeveloperMode = false,
            BotIsSystemAdmin = true,
            Compression = true,
            MaxFileSize = 1024 * 1024,
            Seed = new SandboxSeed
            {
                EmailsAreVerified = false,
                TeamName = "soc",
                TeamDisplayName = "SOC",
                Bot = "xsoarbot",
                BotDescription = "bench",
                // The recorder created them before the bot.
                People = [.. Enumerable.Range(1, 5).Select(static i => ($"user{i}", $"First{i}", $"Last{i}"))],
                Password = "Passw0rd!x",
                XsoarUsers = [],
                PublicChannels = [],
                PrivateChannels = [],
                Incidents = [],
            },
            // Each reading of the clock is a millisecond later, so that two steps of the server have two times, as
            // recorded.
            TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 6, 30, 0, TimeSpan.Zero))
            {
                AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
            },
        };

    public static async Task<NewerScenario> StartAsync(SandboxOptions options)
    {
        var scenario = new NewerScenario(await SandboxServer.StartAsync(options));
        scenario.Populate();
        scenario.Learn();
        return scenario;
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    private void Populate()
    {
        World.User("xsoarbot").FirstName = "xsoarbot";
        foreach (var i in new[] { 1, 2 })
            World.User($"user{i}").Nickname = $"Nick{i}";
        World.StartSession(World.User("user1"));
        World.CreateUser("plainbot", "plainbot", isBot: true, description: "bench");
        World.AddToTeam("soc", "plainbot", admin: true);
        foreach (
            var (name, type) in new[] { ("alerts", "O"), ("pub1", "O"), ("priv1", "P"), ("test", "O"), ("secret", "P") }
        )
        {
            World.CreateChannel("admin", name, char.ToUpperInvariant(name[0]) + name[1..], type);
            foreach (
                var user in name == "test"
                    ? new[] { "user1", "user2", "xsoarbot", "user3" }
                    : ["user1", "user2", "xsoarbot"]
            )
                World.AddMember(name, user, "admin");
        }
        World.RevokeToken(Sandbox.PersonalToken);
        World.RevokeToken(Sandbox.BotToken);
        Tokens["admin personal token"] = World.CreateToken("admin", "bench");
        Tokens["xsoarbot token"] = World.CreateToken("xsoarbot", "bench");
        Tokens["user1 personal token"] = World.CreateToken("user1", "bench");
        Tokens["user2 personal token"] = World.CreateToken("user2", "bench");
        Tokens["plainbot token"] = World.CreateToken("plainbot", "bench");
    }

    /// <summary>Maps what existed before the first request to the recorded ids.</summary>
    private void Learn()
    {
        // Made up by the recorder.
        foreach (var id in new[] { new string('y', 26), "abcdefghijklmnopqrstuvwxyz" })
            Ids.Bind(id, id);
        foreach (var user in RecordedCall.Load(Recorded.Folder11, "rest-users-list").Body.EnumerateArray())
            Ids.Bind(user.GetProperty("id").GetString()!, World.User(user.GetProperty("username").GetString()!).Id);
        Ids.Bind("ht4u9usxntyppne11erh5eyuxh", World.Team("soc").Id);
        foreach (
            var channel in RecordedCall.Load(Recorded.Folder11, "rest-channels-list-all-admin").Body.EnumerateArray()
        )
        {
            if (channel.GetProperty("team_name").GetString() == "soc")
                Ids.Bind(
                    channel.GetProperty("id").GetString()!,
                    World.Channel(channel.GetProperty("name").GetString()!).Id
                );
        }
    }
}
