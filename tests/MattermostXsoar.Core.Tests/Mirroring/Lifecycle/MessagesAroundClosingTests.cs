using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Lifecycle;

/// <summary>
/// What was posted just before an investigation is closed cannot be added to its War Room any more: people are told, and
/// it is added when the investigation is reopened.
/// </summary>
public sealed class MessagesAroundClosingTests
{
    [Fact]
    public async Task Messages_that_could_not_be_added_before_the_closing_are_counted_listed_and_added_when_it_is_reopened()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await MirrorAsync(harness);
        harness.Sandbox.Faults.Add(Refusal(503, 1000000));
        string[] texts = ["one", "two", "The investigation was closed before this could be added"];
        foreach (var text in texts)
            harness.Sandbox.Mattermost.Post("user1", "incident-1", text);
        await harness.MirrorIsAsync(found => found.Pending == 3);
        harness.Sandbox.Xsoar.Close("1");

        var mirror = await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);

        Assert.Equal((0L, 3L, TimeSpan.Zero), (mirror.Pending, mirror.Failed, mirror.Lag));
        Assert.Contains("3 messages from the channel could not be added", mirror.Reason, StringComparison.Ordinal);
        Assert.Contains("reopened", mirror.LastError, StringComparison.Ordinal);
        Assert.Equal(
            "Investigation 1 was closed. 3 messages from this channel could not be added to its War Room before that; "
                + "they are added if it is reopened. Nothing more is mirrored unless it is reopened.",
            LastPost(harness)
        );
        Assert.All(
            harness.Service.GetFailedDeliveries("1"),
            failed =>
                Assert.StartsWith("The investigation was closed before this", failed.Reason, StringComparison.Ordinal)
        );

        harness.Sandbox.Mattermost.Post("user1", "incident-1", "while closed");
        harness.Sandbox.Faults.Clear();
        harness.Sandbox.Xsoar.Reopen("1");
        await harness.WarRoomAsync(lines => lines.SequenceEqual([.. texts, "while closed"]));
        await harness.MirrorIsAsync(found =>
            found is { State: MirrorState.Active, Pending: 0, Failed: 0, LastError: null, FromChat: 4 }
        );
        Assert.Empty(harness.Service.GetFailedDeliveries());
    }

    [Fact]
    public async Task What_was_refused_for_another_reason_is_not_tried_again_when_it_is_reopened()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await MirrorAsync(harness);
        harness.Sandbox.Faults.Add(Refusal(400, 1));
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "refused");
        await harness.MirrorIsAsync(found => found.Failed == 1);
        harness.Sandbox.Faults.Add(Refusal(503, 1000000));
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "not added");
        await harness.MirrorIsAsync(found => found.Pending == 1);
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(found => found is { State: MirrorState.Closed, Failed: 2 });
        Assert.Contains("1 message from this channel", LastPost(harness), StringComparison.Ordinal);

        harness.Sandbox.Faults.Clear();
        harness.Sandbox.Xsoar.Reopen("1");

        await harness.MirrorIsAsync(found => found is { State: MirrorState.Active, FromChat: 1, Pending: 0 });
        Assert.Equal(["not added"], harness.MirroredInWarRoom());
        Assert.Single(harness.Service.GetFailedDeliveries());
    }

    [Fact]
    public async Task What_is_posted_while_it_is_closed_is_neither_pending_nor_failed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await MirrorAsync(harness);
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "while closed");

        var (mirrors, failures) = await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Empty(failures);
        Assert.Equal((0L, 0L), (mirrors[0].Pending, mirrors[0].Failed));
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry/formatted$"));
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pass_reads_the_channel_of_a_closed_investigation_once_more_and_reports_what_was_not_added(
        bool autoClose
    )
    {
        await using var harness = await MirrorHarness.StartAsync();
        var service = await harness.NewServiceAsync(noListener: true);
        await service.StartMirrorAsync(harness.Request() with { AutoClose = autoClose }, harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "too late");
        var deleted = harness.Sandbox.Mattermost.Post("user1", "incident-1", "deleted before");
        harness.Sandbox.Mattermost.Delete(deleted.Id);
        harness.Sandbox.Xsoar.Close("1");

        var (mirrors, failures) = await service.SynchronizeAsync(null, harness.Token);

        Assert.Empty(failures);
        var mirror = Assert.Single(mirrors);
        Assert.Equal((MirrorState.Closed, 0L, 1L), (mirror.State, mirror.Pending, mirror.Failed));
        Assert.Contains("1 message from the channel could not be added", mirror.Reason, StringComparison.Ordinal);
        Assert.Contains("1 message from this channel", LastPost(harness), StringComparison.Ordinal);
        Assert.Equal(autoClose, harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt > 0);
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry/formatted$"));

        if (autoClose)
            harness.Sandbox.Mattermost.Restore("incident-1");
        harness.Sandbox.Xsoar.Reopen("1");
        await service.SynchronizeAsync(null, harness.Token);
        await service.SynchronizeAsync(null, harness.Token);
        Assert.Equal(["too late"], harness.MirroredInWarRoom());
        Assert.Equal((MirrorState.Active, 0L), (service.GetMirrors()[0].State, service.GetMirrors()[0].Failed));
    }

    private static Fault Refusal(int status, int count) =>
        new()
        {
            Server = "xsoar",
            Method = "POST",
            PathPattern = "/entry/formatted$",
            Kind = FaultKind.Status,
            Status = status,
            Count = count,
        };

    private static async Task MirrorAsync(MirrorHarness harness)
    {
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = false }, harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
    }

    private static string LastPost(MirrorHarness harness) =>
        harness
            .Sandbox.Mattermost.Messages("incident-1")
            .Last(post => post.Message.Contains("was closed.", StringComparison.Ordinal))
            .Message;
}
