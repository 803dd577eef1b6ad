using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Single passes, and listeners of other processes.</summary>
public sealed class PassTests
{
    [Fact]
    public async Task A_pass_without_a_listener_mirrors_what_is_there_and_ends()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.NewServiceAsync(noListener: true);
        await harness.MirrorAsync(channel: "test");
        Assert.Equal(ListenerState.Stopped, harness.Service.Listener.View().State);
        harness.Sandbox.Mattermost.Post("user1", "test", "one");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "two");
        var (mirrors, failures) = await harness.Service.SynchronizeAsync(["1"], harness.Token);

        Assert.Empty(failures);
        Assert.Equal((1L, 1L, 0L), (mirrors[0].FromChat, mirrors[0].FromWarRoom, mirrors[0].Pending));
        Assert.Equal(["one"], harness.MirroredInWarRoom());
        Assert.Equal(["two"], harness.MirroredInChat("test"));
        Assert.Equal(0, harness.Sandbox.Mattermost.ConnectionCount);
    }

    [Fact]
    public async Task A_mirror_started_by_another_process_is_taken_up_by_the_one_that_listens()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var listening = harness.Service;
        await listening.Listener.StartAsync(harness.Token);
        await listening.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        await harness.NewServiceAsync();
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.Listener.StartAsync(harness.Token)
        );
        Assert.Equal(ErrorIds.ListenerAlreadyRunning, error.ErrorId);

        await harness.MirrorAsync(channel: "test");
        harness.Sandbox.Mattermost.Post("user1", "test", "handed over");
        await harness.WarRoomAsync(lines => lines.Contains("handed over"));
        error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.SynchronizeAsync(null, harness.Token)
        );
        Assert.Equal(ErrorIds.ListenerAlreadyRunning, error.ErrorId);
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_pass_over_a_mirror_that_is_held_up_ends_and_reports_by_what()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync(channel: "test");
        harness.Sandbox.Mattermost.Archive("test");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "waits");
        var (mirrors, failures) = await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(ErrorIds.MirrorIncomplete, Assert.IsType<MattermostXsoarException>(failures["1"]).ErrorId);
        Assert.Contains("archived", failures["1"].Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(mirrors).Pending);

        harness.Sandbox.Mattermost.Restore("test");
        await harness.ChatAsync("test", lines => lines.Contains("waits"));
    }

    [Fact]
    public async Task Waiting_for_a_listener_that_has_ended_to_connect_is_an_error()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.Service.Listener.StopAsync();
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token)
        );
        Assert.Equal(ErrorIds.ListenerNotRunning, error.ErrorId);
    }

    [Fact]
    public async Task A_pass_without_a_listener_reports_which_mirror_failed_and_the_name_of_its_channel()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorConnectedAsync(channel: "test");
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.Archive("test");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "waits");

        var (_, failures) = await harness.Service.SynchronizeAsync(null, harness.Token);

        var error = Assert.IsType<MattermostXsoarException>(failures["1"]);
        Assert.Equal(ErrorIds.ChannelArchived, error.ErrorId);
        Assert.StartsWith("The mirror 1/test could not be completed now: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(mirror.ChannelId, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pass_that_finds_the_channel_archived_pauses_the_mirror_although_nothing_waits()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var service = await harness.NewServiceAsync(noListener: true);
        await service.StartMirrorAsync(harness.Request(), harness.Token);
        harness.Sandbox.Mattermost.Archive("incident-1");

        var (mirrors, failures) = await service.SynchronizeAsync(null, harness.Token);

        Assert.Contains("is archived", failures["1"].Message, StringComparison.Ordinal);
        Assert.Equal(MirrorState.Paused, Assert.Single(mirrors).State);

        harness.Sandbox.Mattermost.Restore("incident-1");
        (mirrors, failures) = await service.SynchronizeAsync(null, harness.Token);
        Assert.Empty(failures);
        Assert.Equal((MirrorState.Active, null), (mirrors[0].State, mirrors[0].Reason));
    }

    [Fact]
    public async Task A_pass_shows_who_can_read_the_channel_now()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var service = await harness.NewServiceAsync(noListener: true);
        await service.StartMirrorAsync(harness.Request(), harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");

        var (mirrors, _) = await service.SynchronizeAsync(null, harness.Token);

        Assert.Equal("private, 3", Assert.Single(mirrors).Readers);
    }
}
