using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Lifecycle;

/// <summary>How mirrors end, and what must not end them.</summary>
public sealed class MirrorCloserTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_investigation_closes_everything_written_comes_first_then_the_notice_then_the_end(
        bool autoClose
    )
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = autoClose }, harness.Token);
        for (var i = 0; i < 50; i++)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"line {i}");
        harness.Sandbox.Xsoar.Close("1");

        var mirror = await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        Assert.Contains("Investigation 1 was closed at", mirror.Reason, StringComparison.Ordinal);
        var posts = harness.Sandbox.Mattermost.Messages("incident-1").Select(post => post.Message).ToList();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"**jane**: line {i}"), posts.Skip(1).Take(50));
        Assert.StartsWith("Investigation 1 was closed.", Assert.Single(posts.Skip(51)), StringComparison.Ordinal);
        Assert.Equal(autoClose, harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt > 0);
    }

    [Fact]
    public async Task Reopened_it_posts_a_notice_and_goes_on()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                AutoClose = false,
                Channel = "test",
            },
            harness.Token
        );
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        harness.Sandbox.Xsoar.Reopen("1");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Active);
        harness.Sandbox.Mattermost.Post("user1", "test", "back again");

        await harness.WarRoomAsync(lines => lines.Contains("back again"));
        await harness.Sandbox.Mattermost.WhenAsync(
            world =>
                world
                    .Messages("test")
                    .Any(post => post.Message == "Investigation 1 was reopened. Messages are mirrored again."),
            harness.Token
        );
    }

    [Fact]
    public async Task An_investigation_that_was_reopened_while_the_chat_was_down_keeps_its_channel()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "POST",
                PathPattern = "/posts$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );
        harness.Sandbox.Xsoar.Close("1");
        await harness.Sandbox.Calls.WaitForAsync(
            _ => harness.Sandbox.Calls.CountOf("mattermost", "POST", "/posts$") >= 2,
            harness.Token
        );
        harness.Sandbox.Xsoar.Reopen("1");
        harness.Sandbox.Faults.Clear();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "after");
        await harness.ChatAsync("incident-1", lines => lines.Contains("after"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(MirrorState.Active, harness.Service.GetMirrors("1")[0].State);
        Assert.Equal(0, harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt);
    }

    [Fact]
    public async Task A_channel_that_two_investigations_share_stays_until_the_last_is_closed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync("1", "test");
        await harness.MirrorConnectedAsync("2", "test");
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Closed, "1");
        harness.Sandbox.Xsoar.AddEntry("2", "jane", "still here");
        await harness.ChatAsync("test", lines => lines.Contains("still here"));
        Assert.Contains(
            harness.Sandbox.Mattermost.Messages("test"),
            post => post.Message.Contains("investigation 2 is still mirrored", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_teams_default_channel_is_mirrored_when_it_is_named_and_is_not_archived()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Channel = "town-square",
                AllowPublic = null,
            },
            harness.Token
        );
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Closed);

        var notice = harness.Sandbox.Mattermost.Messages("town-square")[^1].Message;
        Assert.Contains("Investigation 1 was closed. This channel stays", notice, StringComparison.Ordinal);
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("mattermost", "DELETE", "/channels/"));
    }

    [Fact]
    public async Task A_pass_takes_up_a_mirror_whose_investigation_was_reopened()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.NewServiceAsync(noListener: true);
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = false }, harness.Token);
        harness.Sandbox.Xsoar.Close("1");
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Equal(MirrorState.Closed, harness.Service.GetMirrors()[0].State);
        harness.Sandbox.Xsoar.Reopen("1");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "after");
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Contains("after", harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task A_listener_whose_files_are_removed_ends_and_reports_it()
    {
        // Windows does not let a file be deleted that is in use.
        if (OperatingSystem.IsWindows())
            return;
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        File.Delete(harness.StatePath + ".lock");
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.Listener.WaitAsync(ListenerState.Stopped, harness.Token)
        );
        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.Equal(ListenerState.Failed, harness.Service.Listener.View().State);
    }

    [Fact]
    public async Task The_error_of_a_closed_store_is_that_the_session_is_disconnected()
    {
        using var folder = new Core.Tests.State.TemporaryFolder();
        var store = StateStore.Open(folder.File("state.db"), "bot", TimeProvider.System);
        store.Dispose();
        Assert.Equal(ErrorIds.NotConnected, Assert.Throws<MattermostXsoarException>(() => store.ReadMirrors()).ErrorId);
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => store.SetLastErrorAsync(1, null));
        Assert.Equal(ErrorIds.NotConnected, error.ErrorId);
    }

    [Fact]
    public async Task Started_again_before_it_saw_that_the_investigation_was_reopened_it_goes_on_where_it_was()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = false }, harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
        harness.Sandbox.Xsoar.Close("1");
        await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Closed);
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "while closed");
        harness.Sandbox.Xsoar.Reopen("1");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "after it was reopened");

        await harness.MirrorAsync();

        await harness.WarRoomAsync(lines => lines.SequenceEqual(["while closed"]));
        await harness.ChatAsync("incident-1", lines => lines.Contains("after it was reopened"));
    }
}
