using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>
/// A server that shows only its newest messages, as one without a license does since Mattermost 11: whatever can be read
/// is mirrored, and what was hidden before it was read is reported once.
/// </summary>
[Trait("Category", "Fault")]
public sealed class HistoryLimitTests
{
    private const string Report = "could not be mirrored: Mattermost's limit of the message history";

    private static SandboxOptions Newer => new() { MattermostVersion = "11.6.0" };

    [Theory]
    [InlineData(450, 0)]
    [InlineData(450, 1)]
    [InlineData(450, 199)]
    [InlineData(450, 200)]
    [InlineData(450, 201)]
    [InlineData(450, 450)]
    [InlineData(900, 0)]
    [InlineData(900, 1)]
    [InlineData(900, 199)]
    [InlineData(900, 200)]
    [InlineData(900, 201)]
    [InlineData(900, 450)]
    public async Task After_an_absence_every_visible_message_arrives_once_and_the_gap_is_reported_once(
        int posted,
        int hidden
    )
    {
        await using var harness = await StoppedAsync();
        var posts = Post(harness, posted);
        Hide(harness, posts, hidden);

        await RestartAsync(harness);
        var visible = posts.Skip(hidden).Select(post => post.Message).ToList();
        await AssertMirroredAsync(harness, visible, hidden);

        // Once, also after another restart, which reads the same again.
        await harness.Service.Listener.StopAsync();
        await RestartAsync(harness);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        await AssertMirroredAsync(harness, visible, hidden);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(450)]
    public async Task While_somebody_writes_every_visible_message_arrives_once(int hidden)
    {
        await using var harness = await StoppedAsync();
        var posts = Post(harness, 450);
        Hide(harness, posts, hidden);
        // What is written in the millisecond of the last hidden post would be hidden with it.
        harness.Tick();

        var written = posts.Skip(hidden).Select(post => post.Message).ToList();
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    written.Add($"while it reads {i}");
                    harness.Sandbox.Mattermost.Post("user1", "incident-1", written[^1]);
                }
            },
            harness.Token
        );
        await RestartAsync(harness);
        await writing;
        await AssertMirroredAsync(harness, written, hidden);
    }

    [Fact]
    public async Task Where_nothing_unread_is_hidden_nothing_is_reported_although_the_whole_mirror_is_hidden()
    {
        await using var harness = await StartAsync();
        Post(harness, 3);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "the last message is the bot's own");
        await harness.ChatAsync("incident-1", texts => texts.Count == 1);
        await harness.WarRoomAsync(texts => texts.Count == 3);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();
        harness.Tick();
        harness.Sandbox.Mattermost.HideBefore(harness.Sandbox.Mattermost.Post("user1", "test", "elsewhere").Id);

        await RestartAsync(harness);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.DoesNotContain(harness.FromChat(), text => text.Contains(Report, StringComparison.Ordinal));
        var mirror = Assert.Single(harness.Service.GetMirrors("1"));
        Assert.Equal((MirrorState.Active, 0L), (mirror.State, mirror.Failed));
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "and it goes on");
        await harness.WarRoomAsync(texts => texts.Contains("and it goes on"));
    }

    [Fact]
    public async Task What_is_hidden_does_not_count_as_deleted_where_everything_is_compared()
    {
        await using var harness = await StartAsync();
        var posts = Post(harness, 3);
        await harness.WarRoomAsync(texts => texts.Count == 3);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();
        harness.Tick();
        // More than the server lists at once, so that everything is compared.
        var more = Post(harness, 1001);
        harness.Sandbox.Mattermost.Edit(more[^1].Id, "edited");
        Hide(harness, posts, 2);

        await RestartAsync(harness);
        await harness.WarRoomAsync(texts => texts.Count >= 1004);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.DoesNotContain(harness.FromChat(), text => text.Contains("deleted", StringComparison.Ordinal));
        Assert.DoesNotContain(harness.FromChat(), text => text.Contains(Report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_report_names_times_and_remedy_and_a_person_removes_it()
    {
        await using var harness = await StoppedAsync();
        Hide(harness, Post(harness, 5), 4);
        await RestartAsync(harness);
        await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });

        var failed = Assert.Single(harness.Service.GetFailedDeliveries());
        Assert.Equal("Notice", failed.Kind);
        Assert.Contains("between 20", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("license", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(failed.Reason, Assert.Single(harness.Service.GetMirrors("1")).LastError);

        await harness.Service.RetryFailedAsync(["1"], harness.Token);
        await harness.MirrorIsAsync(mirror => mirror is { Failed: 0, Pending: 0 });
        Assert.Single(harness.FromChat(), text => text.Contains(Report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edit_a_deletion_and_a_reply_that_concern_a_hidden_post_lose_only_themselves()
    {
        await using var harness = await StartAsync();
        var root = harness.Sandbox.Mattermost.Post("user1", "incident-1", "root");
        await harness.WarRoomAsync(texts => texts.Contains("root"));
        var entries = new[] { "edited later", "deleted later" }
            .Select(text => harness.Sandbox.Xsoar.AddEntry("1", "jane", text))
            .ToList();
        await harness.ChatAsync("incident-1", texts => texts.Count == 2);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        harness.Tick();
        harness.Sandbox.Mattermost.HideBefore(harness.Sandbox.Mattermost.Post("user1", "test", "elsewhere").Id);

        harness.Sandbox.Mattermost.Post("user2", "incident-1", "a reply to the hidden root", root.Id);
        harness.Sandbox.Xsoar.EditEntry(entries[0].Id, "edited now");
        harness.Sandbox.Xsoar.DeleteEntry(entries[1].Id);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "next");

        await harness.WarRoomAsync(texts => texts.Contains("a reply to the hidden root"));
        await harness.ChatAsync("incident-1", texts => texts.Contains("next") && texts.Contains("edited now"));
        var mirror = await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });
        Assert.Equal(MirrorState.Active, mirror.State);
        Assert.Contains("hides its post", mirror.LastError, StringComparison.Ordinal);
    }

    private static async Task<MirrorHarness> StartAsync()
    {
        var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        return harness;
    }

    // A mirror with one message, whose listener was stopped.
    private static async Task<MirrorHarness> StoppedAsync()
    {
        var harness = await StartAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "first");
        await harness.WarRoomAsync(texts => texts.Contains("first"));
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();
        harness.Tick();
        return harness;
    }

    private static async Task RestartAsync(MirrorHarness harness)
    {
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
    }

    // Each in a millisecond of its own, so that any number of them can be hidden.
    private static List<SandboxPost> Post(MirrorHarness harness, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    harness.Tick(TimeSpan.FromMilliseconds(1));
                    return harness.Sandbox.Mattermost.Post("user1", "incident-1", $"message {i}");
                }),
        ];

    private static void Hide(MirrorHarness harness, List<SandboxPost> posts, int count)
    {
        if (count < posts.Count)
            harness.Sandbox.Mattermost.HideBefore(posts[count].Id);
        else
            harness.Sandbox.Mattermost.HideBefore(posts[^1].CreateAt + 1);
        // The first message is hidden as well, in which the reading begins.
    }

    private static async Task AssertMirroredAsync(MirrorHarness harness, List<string> visible, int hidden)
    {
        await harness.WarRoomAsync(texts => Tally.Of(visible, texts).Lost == 0);
        var mirror = await harness.MirrorIsAsync(mirror => mirror.Pending == 0 && mirror.Failed == Math.Min(1, hidden));
        Assert.Equal(MirrorState.Active, mirror.State);
        var tally = Tally.Of(visible, harness.MirroredInWarRoom());
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
        var reports = harness.FromChat().Where(text => text.Contains(Report, StringComparison.Ordinal)).ToList();
        Assert.Equal(Math.Min(1, hidden), reports.Count);
        if (hidden > 0)
            Assert.InRange(
                int.Parse(reports[0].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture),
                Math.Max(1, hidden - 199),
                hidden
            );
    }
}
