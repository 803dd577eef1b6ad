using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Page;

/// <summary>Which posts and entries the page joins, with times that the test sets.</summary>
public sealed class CrossingTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private SandboxServer? _sandbox;

    private SandboxServer Sandbox => _sandbox!;

    [Fact]
    public async Task A_post_and_the_entry_with_its_permalink_belong_together()
    {
        using var live = await StartAsync();
        var post = Say("hello");
        Pass(40);
        var entry = Mirror(post);
        var line = await LineAsync(live, "chat", post.Id, "crossed");
        Assert.Equal(40, line.GetProperty("crossing").GetProperty("ms").GetDouble(), 1.0);
        Assert.Equal(entry, line.GetProperty("crossing").GetProperty("peers")[0].GetString());
        var pair = await PairAsync();
        Assert.Equal(
            (1, 0),
            (
                pair.GetProperty("toWarRoom").GetProperty("crossed").GetInt32(),
                pair.GetProperty("toChat").GetProperty("crossed").GetInt32()
            )
        );
        Assert.Equal(40, pair.GetProperty("medianMs").GetDouble(), 1.0);
        await LineAsync(live, "room", entry, "arrived");
    }

    [Fact]
    public async Task A_bots_post_names_its_entry_and_the_parts_of_a_long_one_count_once()
    {
        using var live = await StartAsync();
        var entry = Sandbox.Xsoar.AddEntry("1", "DBot", "result");
        Pass(25);
        await PostForAsync(entry.Id, 0);
        Pass(10);
        await PostForAsync(entry.Id, 1);
        var line = await LineAsync(live, "room", entry.Id, "crossed", peers: 2);
        Assert.Equal(25, line.GetProperty("crossing").GetProperty("ms").GetDouble(), 1.0);
        Assert.Equal(1, (await PairAsync()).GetProperty("toChat").GetProperty("crossed").GetInt32());
    }

    [Fact]
    public async Task An_edit_with_the_same_permalink_does_not_count_again()
    {
        using var live = await StartAsync();
        var post = Say("hello");
        Mirror(post);
        Mirror(post, "hello, edited");
        await LineAsync(live, "chat", post.Id, "crossed", peers: 2);
        Assert.Equal(1, (await PairAsync()).GetProperty("toWarRoom").GetProperty("crossed").GetInt32());
    }

    [Fact]
    public async Task A_post_waits_until_it_is_mirrored_and_is_passed_when_later_ones_are()
    {
        using var live = await StartAsync();
        var before = Say("before there was a mirror");
        Pass(1000);
        Mirror(Say("first"));
        Pass(1000);
        var late = Say("late");
        await LineAsync(live, "chat", late.Id, "waiting");
        Assert.Equal(1, (await PairAsync()).GetProperty("toWarRoom").GetProperty("waiting").GetInt32());
        Pass(1000);
        Mirror(Say("last"));
        await LineAsync(live, "chat", late.Id, "passed");
        Assert.Equal(0, (await PairAsync()).GetProperty("toWarRoom").GetProperty("waiting").GetInt32());
        using var second = await LiveClient.OpenAsync(Sandbox);
        var lines = (await second.NextAsync("chat")).GetProperty("lines").EnumerateArray();
        Assert.Equal(
            JsonValueKind.Null,
            lines.Single(line => line.GetProperty("id").GetString() == before.Id).GetProperty("crossing").ValueKind
        );
    }

    [Fact]
    public async Task A_mirrors_first_post_makes_the_pair_known_before_anything_is_mirrored()
    {
        using var live = await StartAsync();
        Sandbox.Mattermost.Post(
            "xsoarbot",
            "test",
            "This channel was created to mirror incident 2. \n View it on: http://127.0.0.1/"
        );
        var pair = await PairAsync();
        Assert.Equal("2", pair.GetProperty("incident").GetString());
        Assert.Equal(JsonValueKind.Null, pair.GetProperty("lastAt").ValueKind);
        await LineAsync(live, "chat", Say("are you there?").Id, "waiting");
    }

    [Theory]
    [InlineData("hello\n**From Mattermost** but without a link")]
    [InlineData("**From Mattermost** ([post](http://127.0.0.1/panw/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa))\nand another line")]
    [InlineData("**From Mattermost** ([post](http://127.0.0.1/panw/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa))")]
    public async Task Text_that_only_looks_like_a_mark_pairs_nothing(string text)
    {
        using var live = await StartAsync();
        Sandbox.Xsoar.AddEntry("1", "user1", text, format: "markdown");
        await live.NextAsync("room", static it => it.GetProperty("lines").GetArrayLength() == 1);
        using var second = await LiveClient.OpenAsync(Sandbox);
        Assert.Equal(0, (await second.NextAsync("pairs")).GetProperty("pairs").GetArrayLength());
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
    }

    private async Task<LiveClient> StartAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = _clock });
        var live = await LiveClient.OpenAsync(_sandbox);
        await live.NextAsync("room");
        return live;
    }

    private void Pass(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private SandboxPost Say(string text) => Sandbox.Mattermost.Post("user1", "test", text);

    private string Mirror(SandboxPost post, string? text = null) =>
        Sandbox
            .Xsoar.AddEntry(
                "1",
                "admin",
                $"**First1 Last1 (@user1)**: {text ?? post.Message}\n**From MatterMost** ([post]({Sandbox.MattermostUri}panw/pl/{post.Id}))",
                format: "markdown"
            )
            .Id;

    private async Task PostForAsync(string entryId, int part)
    {
        using var client = new HttpClient { BaseAddress = Sandbox.MattermostUri };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Sandbox.BotToken);
        var body = JsonSerializer.Serialize(
            new
            {
                channel_id = Sandbox.Mattermost.Channel("test").Id,
                message = "**DBot**: result",
                props = new
                {
                    xsoar_entry_id = entryId,
                    xsoar_part = part.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
            }
        );
        using var content = new StringContent(body);
        using var answer = await client.PostAsync(
            new Uri("/api/v4/posts", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonElement> LineAsync(
        LiveClient live,
        string side,
        string id,
        string state,
        int peers = 0
    )
    {
        bool Fits(JsonElement line) =>
            line.GetProperty("id").GetString() == id
            && line.GetProperty("crossing") is { ValueKind: JsonValueKind.Object } crossing
            && crossing.GetProperty("state").GetString() == state
            && crossing.GetProperty("peers").GetArrayLength() >= peers;
        return (await live.NextAsync(side, message => message.GetProperty("lines").EnumerateArray().Any(Fits)))
            .GetProperty("lines")
            .EnumerateArray()
            .First(Fits);
    }

    /// <summary>The one pair, as a new viewer sees it.</summary>
    private async Task<JsonElement> PairAsync()
    {
        using var live = await LiveClient.OpenAsync(Sandbox);
        return Assert.Single((await live.NextAsync("pairs")).GetProperty("pairs").EnumerateArray());
    }
}
