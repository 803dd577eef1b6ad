using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.People.Chat;
using MattermostXsoar.Core.Tests.People.Questions;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;

/// <summary>
/// The process ends at every step between two writes, in each direction: the next one on the same store loses nothing,
/// doubles nothing and keeps the order. The same with a real SIGKILL: ListenerStopTests.
/// </summary>
[Trait("Category", "Fault")]
public sealed class StopPointTests(ITestOutputHelper output)
{
    private static readonly StopPoint[] OfStore = [StopPoint.BeforeCommit, StopPoint.AfterCommit];
    private static readonly StopPoint[] OfLayout = [StopPoint.BeforeMigrated, StopPoint.AfterMigrated];
    private static readonly StopPoint[] OfClosing =
    [
        StopPoint.AfterRefused,
        StopPoint.BeforeArchive,
        StopPoint.AfterArchive,
        StopPoint.BeforeReopened,
        StopPoint.AfterReopened,
    ];

    // Tested where they are: People/Chat/BotMessageStopTests.
    private static readonly StopPoint[] OfMessages =
    [
        StopPoint.MessageRecorded,
        StopPoint.MessageActing,
        StopPoint.MessageActed,
        StopPoint.BeforeReply,
        StopPoint.AfterReply,
    ];

    // QuestionStopTests.
    private static readonly StopPoint[] OfQuestions =
    [
        .. Enum.GetValues<StopPoint>()
            .Where(point =>
                point.ToString().StartsWith("Question", StringComparison.Ordinal)
                || point.ToString().Contains("Answer", StringComparison.Ordinal)
            ),
    ];

    private static readonly StopPoint[] OfDelivery =
    [
        .. Enum.GetValues<StopPoint>()
            .Except([.. OfStore, .. OfLayout, .. OfClosing, .. OfQuestions, .. OfMessages, StopPoint.AfterLookUp]),
    ];

    public static TheoryData<string> Deliveries =>
        [
            .. OfDelivery.SelectMany(point =>
                new[]
                {
                    StopPoints.Name(point, DeliveryDirection.ChatToWarRoom),
                    StopPoints.Name(point, DeliveryDirection.WarRoomToChat),
                }
            ),
        ];

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task At_a_step_of_the_delivery(string step)
    {
        await using var scene = await StopScene.StartAsync(output);
        await scene.RunAsync([new ProcessEnd(step, 2)]);
    }

    [Theory]
    [InlineData("11.6.0", nameof(DeliveryDirection.ChatToWarRoom))]
    [InlineData("11.6.0", nameof(DeliveryDirection.WarRoomToChat))]
    [InlineData("5.37.0", nameof(DeliveryDirection.ChatToWarRoom))]
    [InlineData("5.37.0", nameof(DeliveryDirection.WarRoomToChat))]
    public async Task After_a_restart_that_found_what_had_arrived(string version, string direction)
    {
        await using var scene = await StopScene.StartAsync(output, version);
        var way = Enum.Parse<DeliveryDirection>(direction);
        await scene.RunAsync([
            new ProcessEnd(StopPoints.Name(StopPoint.AfterSend, way), 3),
            new ProcessEnd(StopPoints.Name(StopPoint.AfterLookUp, way), 1),
            new ProcessEnd(StopPoints.Name(StopPoint.AfterMark, way), 1),
        ]);
    }

    [Theory]
    [InlineData(nameof(StopPoint.BeforeCommit), 4)]
    [InlineData(nameof(StopPoint.BeforeCommit), 12)]
    [InlineData(nameof(StopPoint.AfterCommit), 4)]
    [InlineData(nameof(StopPoint.AfterCommit), 12)]
    public async Task Around_any_commit(string step, int times)
    {
        await using var scene = await StopScene.StartAsync(output);
        await scene.RunAsync([new ProcessEnd(step, times)]);
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task At_one_step_after_the_other_with_the_same_store(string version)
    {
        await using var scene = await StopScene.StartAsync(output, version);
        await scene.RunAsync([
            .. new[]
            {
                StopPoint.AfterSend,
                StopPoint.BeforeMark,
                StopPoint.BeforeCursor,
                StopPoint.AfterRecord,
            }.Select(
                (point, i) =>
                    new ProcessEnd(
                        StopPoints.Name(
                            point,
                            i % 2 == 0 ? DeliveryDirection.WarRoomToChat : DeliveryDirection.ChatToWarRoom
                        ),
                        1
                    )
            ),
        ]);
    }

    [Theory]
    [InlineData(nameof(StopPoint.BeforeMigrated), 1)]
    [InlineData(nameof(StopPoint.BeforeMigrated), 2)]
    [InlineData(nameof(StopPoint.AfterMigrated), 1)]
    [InlineData(nameof(StopPoint.AfterMigrated), 2)]
    public async Task While_the_layout_of_the_store_is_brought_up_to_date(string step, int times)
    {
        await using var scene = await StopScene.StartAsync(output);
        var end = new ProcessEnd(step, times);
        await Assert.ThrowsAsync<MattermostXsoarException>(() => scene.MirrorAsync(end.Points));
        Assert.True(end.Reached.IsCompleted);
        await scene.MirrorAsync(StopPoints.None);
        await scene.TalkAsync();
        await scene.AccountAsync();
    }

    [Theory]
    [InlineData(nameof(StopPoint.BeforeArchive))]
    [InlineData(nameof(StopPoint.AfterArchive))]
    public async Task While_the_mirror_of_a_closed_investigation_is_ended(string step)
    {
        await using var scene = await StopScene.StartAsync(output);
        var end = new ProcessEnd(step, 1);
        await scene.MirrorAsync(end.Points, autoClose: true);
        await scene.TalkAsync();
        await scene.AccountAsync();
        scene.Harness.Sandbox.Xsoar.Close("1");
        await scene.RestartAsync(end, StopPoints.None);
        await scene.Harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Closed);
        Assert.NotEqual(0, scene.Harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt);
        Assert.Single(
            scene.Harness.MirroredInChat("incident-1"),
            line => line.Contains("was closed", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(nameof(StopPoint.AfterRefused))]
    [InlineData(nameof(StopPoint.BeforeArchive))]
    [InlineData(nameof(StopPoint.AfterArchive))]
    [InlineData(nameof(StopPoint.BeforeReopened))]
    [InlineData(nameof(StopPoint.AfterReopened))]
    public async Task While_messages_could_not_be_added_before_the_investigation_was_closed(string step)
    {
        await using var scene = await StopScene.StartAsync(output);
        var (harness, end) = (scene.Harness, new ProcessEnd(step, 1));
        await scene.MirrorAsync(end.Points);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "first");
        harness.Sandbox.Mattermost.Post("user2", "incident-1", "second");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 2);
        harness.Sandbox.Xsoar.Close("1");
        if (step is nameof(StopPoint.BeforeReopened) or nameof(StopPoint.AfterReopened))
            await ReopenAsync(harness);
        await scene.RestartAsync(end, StopPoints.None);
        if (step is not (nameof(StopPoint.BeforeReopened) or nameof(StopPoint.AfterReopened)))
            await ReopenAsync(harness);

        await harness.WarRoomAsync(lines => lines.SequenceEqual(["first", "second"]));
        await harness.MirrorIsAsync(mirror =>
            mirror is { State: MirrorState.Active, Pending: 0, Failed: 0, FromChat: 2 }
        );
        var posts = harness.MirroredInChat("incident-1");
        var notice = Assert.Single(posts, line => line.Contains("was closed", StringComparison.Ordinal));
        Assert.Contains("2 messages from this channel could not be added", notice, StringComparison.Ordinal);
        Assert.Single(posts, line => line.Contains("was reopened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_had_arrived_before_the_investigation_was_closed_does_not_count_as_not_added()
    {
        await using var scene = await StopScene.StartAsync(output);
        var (harness, end) = (
            scene.Harness,
            new ProcessEnd(StopPoints.Name(StopPoint.AfterSend, DeliveryDirection.ChatToWarRoom), 1)
        );
        await scene.MirrorAsync(end.Points);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "arrived");
        await end.Reached.WaitAsync(harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "not added");
        harness.Sandbox.Xsoar.Close("1");
        await scene.RestartAsync(end, StopPoints.None);

        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Closed, FromChat: 1, Failed: 1 });
        Assert.Contains(
            harness.MirroredInChat("incident-1"),
            line => line.Contains("1 message from this channel could not be added", StringComparison.Ordinal)
        );
        harness.Sandbox.Xsoar.Reopen("1");
        await harness.WarRoomAsync(lines => lines.SequenceEqual(["arrived", "not added"]));
    }

    private static async Task ReopenAsync(MirrorHarness harness)
    {
        await harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Closed, Pending: 0, Failed: 2 });
        harness.Sandbox.Faults.Clear();
        harness.Sandbox.Xsoar.Reopen("1");
    }

    [Fact]
    public async Task While_a_reopened_investigation_is_taken_up()
    {
        await using var scene = await StopScene.StartAsync(output);
        var end = new ProcessEnd(nameof(StopPoint.BeforeReopened), 1);
        await scene.MirrorAsync(end.Points);
        await scene.Harness.Service.Listener.WaitAsync(ListenerState.Connected, scene.Harness.Token);
        scene.Harness.Sandbox.Xsoar.Close("1");
        await scene.Harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Closed);
        scene.Harness.Sandbox.Xsoar.Reopen("1");
        await end.Reached.WaitAsync(scene.Harness.Token);
        // Somebody writes meanwhile, which changes the incident.
        scene.Harness.Sandbox.Xsoar.AddEntry("1", "jane", "meanwhile");
        await scene.RestartAsync(end, StopPoints.None);
        await scene.Harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Active);
        await scene.TalkAsync();
        await scene.AccountAsync();
        Assert.Single(
            scene.Harness.MirroredInChat("incident-1"),
            line => line.Contains("was reopened", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Each_step_is_among_those_that_are_tried()
    {
        // Those of messages to the bot and of questions are tried in tests of their own.
        var people = new[] { typeof(BotMessageStopTests), typeof(QuestionStopTests) }
            .SelectMany(tests => tests.GetMethods())
            .SelectMany(test => test.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => ((InlineDataAttribute)data).Data[0])
            .OfType<string>()
            .Where(step => Enum.IsDefined(typeof(StopPoint), step))
            .Select(Enum.Parse<StopPoint>);
        StopPoint[] tried =
        [
            .. OfDelivery,
            .. OfStore,
            .. OfLayout,
            .. OfClosing,
            StopPoint.AfterLookUp,
            .. people,
            StopPoint.QuestionRecorded,
        ];
        Assert.Equal(Enum.GetValues<StopPoint>().Order(), tried.Order());
        // A step that nothing reaches would make its test wait until the deadline; each is reached in both directions.
        Assert.Equal(2 * OfDelivery.Length, Deliveries.Count);
    }
}
