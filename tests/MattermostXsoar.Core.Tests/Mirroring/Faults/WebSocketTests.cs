using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

[Trait("Category", "Fault")]
public sealed class WebSocketTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task It_is_cut_again_and_again(string version)
    {
        await using var scene = await StartAsync(version);
        await scene.RunAsync([.. Enumerable.Repeat(FaultScene.Then(scene.Sandbox.CutWebSockets), 12)]);
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task It_breaks_in_place_of_a_frame(string version)
    {
        await using var scene = await StartAsync(version);
        for (var i = 0; i < 5; i++)
            scene.OnFrame(FaultKind.WebSocketCut, skip: 20 * i);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Frames_are_dropped(string version)
    {
        await using var scene = await StartAsync(version);
        for (var i = 0; i < 8; i++)
            scene.OnFrame(FaultKind.WebSocketDropFrames, count: 1 + (i % 3), skip: 12 * i);
        await scene.RunAsync();
    }

    [Fact]
    public async Task The_last_frame_is_dropped_and_nothing_follows()
    {
        await using var scene = await FaultScene.StartAsync(
            output,
            mirroring: MirrorHarness.Quick with
            {
                Reconcile = TimeSpan.FromMilliseconds(500),
            }
        );
        scene.OnFrame(FaultKind.WebSocketDropFrames, count: 1000, skip: 100);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Frames_come_twice(string version)
    {
        await using var scene = await StartAsync(version);
        scene.OnFrame(FaultKind.WebSocketDuplicate, count: 60, skip: 10);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task It_falls_silent_and_stays_open(string version)
    {
        await using var scene = await StartAsync(version);
        scene.OnFrame(FaultKind.WebSocketFreeze, skip: 30);
        scene.OnFrame(FaultKind.WebSocketFreeze, skip: 60);
        await scene.RunAsync();
    }

    [Fact]
    public async Task An_event_is_lost_in_the_moment_of_each_resume()
    {
        await using var scene = await StartAsync("11.6.0");
        var fault = scene.Sandbox.Faults.Add(
            new Fault
            {
                PathPattern = FaultScene.Frames,
                Kind = FaultKind.WebSocketLoseAtResume,
                Count = int.MaxValue,
            }
        );
        await scene.RunAsync([.. Enumerable.Repeat(FaultScene.Then(scene.Sandbox.CutWebSockets), 12)]);
        Assert.True(fault.Hits > 0);
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Posts_are_published_out_of_order(string version)
    {
        var tokens = new Dictionary<string, HttpClient>(StringComparer.Ordinal);
        await using var scene = await FaultScene.StartAsync(
            harness => new Traffic(harness, output)
            {
                Post = (person, text) => PostAsync(harness, tokens, person, text),
                Pace = 1,
            },
            new SandboxOptions
            {
                ShufflePublishing = true,
                ShuffleSeed = TestSeed.Take(),
                MattermostVersion = version,
            }
        );
        await scene.RunAsync([.. Enumerable.Repeat(FaultScene.Then(scene.Sandbox.CutWebSockets), 4)]);
        var arrived = scene.Harness.MirroredInWarRoom();
        var written = scene.Sandbox.Mattermost.Messages("incident-1").Select(post => post.Message);
        Assert.NotEqual(written.Where(arrived.Contains), arrived);
    }

    private static async Task PostAsync(
        MirrorHarness harness,
        Dictionary<string, HttpClient> clients,
        string person,
        string text
    )
    {
        HttpClient? client;
        lock (clients)
        {
            if (!clients.TryGetValue(person, out client))
            {
                client = new HttpClient { BaseAddress = harness.Sandbox.MattermostUri };
                client.DefaultRequestHeaders.Authorization = new(
                    "Bearer",
                    harness.Sandbox.Mattermost.CreateToken(person)
                );
                clients.Add(person, client);
            }
        }

        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        using var body = new StringContent(
            $$"""{"channel_id":"{{channel}}","message":"{{text}}"}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await client.PostAsync(new Uri("api/v4/posts", UriKind.Relative), body, harness.Token);
        answer.EnsureSuccessStatusCode();
    }

    private Task<FaultScene> StartAsync(string version) =>
        FaultScene.StartAsync(output, new SandboxOptions { MattermostVersion = version });
}
