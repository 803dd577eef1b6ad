using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

[Trait("Category", "Fault")]
public sealed class WebSocketTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_cut_again_and_again(bool reliable)
    {
        await using var scene = await StartAsync(reliable);
        await scene.RunAsync([.. Enumerable.Repeat(FaultScene.Then(scene.Sandbox.CutWebSockets), 12)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_breaks_in_place_of_a_frame(bool reliable)
    {
        await using var scene = await StartAsync(reliable);
        for (var i = 0; i < 5; i++)
            scene.OnFrame(FaultKind.WebSocketCut, skip: 20 * i);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_are_dropped(bool reliable)
    {
        await using var scene = await StartAsync(reliable);
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
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_come_twice(bool reliable)
    {
        await using var scene = await StartAsync(reliable);
        scene.OnFrame(FaultKind.WebSocketDuplicate, count: 60, skip: 10);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_falls_silent_and_stays_open(bool reliable)
    {
        await using var scene = await StartAsync(reliable);
        scene.OnFrame(FaultKind.WebSocketFreeze, skip: 30);
        scene.OnFrame(FaultKind.WebSocketFreeze, skip: 60);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Posts_are_published_out_of_order(bool reliable)
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
                ReliableWebSockets = reliable,
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

    private Task<FaultScene> StartAsync(bool reliable) =>
        FaultScene.StartAsync(output, new SandboxOptions { ReliableWebSockets = reliable });
}
