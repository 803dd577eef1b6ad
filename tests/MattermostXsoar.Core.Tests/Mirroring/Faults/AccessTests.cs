using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

[Trait("Category", "Fault")]
public sealed class AccessTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_bots_token_is_revoked_and_restored()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.BotToken);
            var mirror = await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            output.WriteLine(mirror.Reason!);
            Assert.Contains("Bot Access Token", mirror.Reason, StringComparison.Ordinal);
            // An open websocket outlives its token (recorded: ws-session-token-revoked); a new one is refused.
            scene.Sandbox.CutWebSockets();
            await scene.Harness.Service.WaitListenerAsync(ListenerState.Reconnecting, scene.Harness.Token);
            scene.Sandbox.Mattermost.RestoreToken(scene.Sandbox.BotToken, "xsoarbot");
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task The_bots_token_is_revoked_and_restored_while_its_websocket_stays_open()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.BotToken);
            await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            scene.Sandbox.Mattermost.RestoreToken(scene.Sandbox.BotToken, "xsoarbot");
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task The_bots_token_is_revoked_permanently_and_a_new_session_has_a_new_one()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.BotToken);
            await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            await scene.Harness.Service.CloseAsync();
            const string Renewed = "renewedtokenofthebot123456";
            scene.Sandbox.Mattermost.RestoreToken(Renewed, "xsoarbot");
            await scene.Harness.NewServiceAsync(botToken: Renewed);
            await scene.Harness.Service.StartListenerAsync(scene.Harness.Token);
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task The_bots_account_is_deactivated_and_activated()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Mattermost.SetActive("xsoarbot", false);
            var mirror = await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            output.WriteLine(mirror.Reason!);
            Assert.Contains("Bot Access Token", mirror.Reason, StringComparison.Ordinal);
            scene.Sandbox.Mattermost.SetActive("xsoarbot", true);
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task Without_the_personal_token_messages_are_mirrored_until_the_bot_has_to_be_added_again()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(
            FaultScene.Then(() => scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.PersonalToken)),
            async () =>
            {
                await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active });
                scene.Sandbox.Mattermost.RemoveMember("incident-1", "xsoarbot");
                var mirror = await scene.Harness.MirrorIsAsync(found =>
                    found.Reason?.Contains("Personal Access Token", StringComparison.Ordinal) == true
                );
                output.WriteLine(mirror.Reason!);
                Assert.Equal(MirrorState.Paused, mirror.State);
                scene.Sandbox.Mattermost.RestoreToken(scene.Sandbox.PersonalToken, "admin");
            }
        );
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task Without_the_personal_token_a_closed_investigation_waits_with_the_reason_until_its_channel_can_be_archived()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.RevokeToken(harness.Sandbox.PersonalToken);
        harness.Sandbox.Xsoar.Close("1");
        var mirror = await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
        output.WriteLine(mirror.Reason!);
        Assert.Contains("Personal Access Token", mirror.Reason, StringComparison.Ordinal);
        harness.Sandbox.Mattermost.RestoreToken(harness.Sandbox.PersonalToken, "admin");
        await harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
        Assert.NotEqual(0, harness.Sandbox.Mattermost.Channel("incident-1").DeleteAt);
        Assert.Single(
            harness.MirroredInChat("incident-1"),
            line => line.Contains("was closed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_XSOAR_key_is_replaced_and_restored()
    {
        await using var scene = await FaultScene.StartAsync(output);
        var key = scene.Sandbox.XsoarApiKey;
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Xsoar.RollApiKey();
            var mirror = await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            output.WriteLine(mirror.Reason!);
            scene.Sandbox.Xsoar.RestoreApiKey(key);
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task A_replaced_XSOAR_key_pauses_even_a_mirror_in_which_nobody_writes()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var key = harness.Sandbox.XsoarApiKey;
        harness.Sandbox.Xsoar.RollApiKey();
        await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
        harness.Sandbox.Xsoar.RestoreApiKey(key);
        await harness.MirrorIsAsync(found => found.State == MirrorState.Active);
    }

    [Fact]
    public async Task The_bot_is_removed_from_the_channel_and_added_again()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(() => TakeOutAsync(scene), () => TakeOutAsync(scene));
    }

    // The second time it has to be back first.
    private static async Task TakeOutAsync(FaultScene scene)
    {
        await scene.Sandbox.Mattermost.WhenAsync(
            world => world.Channel("incident-1").MemberIds.Contains(scene.Harness.BotUserId),
            scene.Harness.Token
        );
        scene.Sandbox.Mattermost.RemoveMember("incident-1", "xsoarbot");
    }

    [Fact]
    public async Task Without_entries_for_the_chat_the_mirror_is_paused_until_the_bot_is_added_again()
    {
        await using var scene = await FaultScene.StartAsync(harness => new Traffic(harness, output)
        {
            FromWarRoom = false,
        });
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Mattermost.RemoveMember("incident-1", "xsoarbot");
            var mirror = await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            output.WriteLine(mirror.Reason!);
            // A mirror that waits for people must not make the listener look busy.
            await scene.Harness.Service.WaitListenerAsync(ListenerState.Connected, scene.Harness.Token);
            scene.Sandbox.Mattermost.AddMember("incident-1", "xsoarbot");
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null });
    }

    [Fact]
    public async Task The_channel_is_archived_and_restored()
    {
        await using var scene = await FaultScene.StartAsync(output);
        var post = scene.Traffic;
        await post.TalkAsync();
        await post.AccountAsync();
        scene.Sandbox.Mattermost.Archive("incident-1");
        scene.Sandbox.Xsoar.AddEntry("1", "jane", "said while it was archived");
        await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
        scene.Sandbox.Mattermost.Restore("incident-1");
        await scene.Harness.ChatAsync("incident-1", lines => lines.Contains("said while it was archived"));
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null });
        await post.AccountAsync();
    }

    [Fact]
    public async Task The_channel_is_archived_and_restored_while_entries_are_written_in_the_War_Room()
    {
        await using var scene = await FaultScene.StartAsync(harness => new Traffic(harness, output)
        {
            Post = (_, _) => Task.CompletedTask,
            ChatIsSilent = true,
        });
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Mattermost.Archive("incident-1");
            await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Paused);
            scene.Sandbox.Mattermost.Restore("incident-1");
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task The_investigation_is_closed_and_reopened()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            scene.Sandbox.Xsoar.Close("1");
            await scene.Harness.MirrorIsAsync(found => found.State == MirrorState.Closed);
            scene.Sandbox.Xsoar.Reopen("1");
        });
        await scene.Harness.MirrorIsAsync(found => found is { State: MirrorState.Active, Reason: null, Pending: 0 });
    }

    [Fact]
    public async Task A_message_of_an_author_whom_the_bot_may_not_see_is_mirrored_under_the_id()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "GET",
                PathPattern = "/users/[a-z0-9]{26}$",
                Kind = FaultKind.Status,
                Status = 403,
                Count = 1000,
                Body =
                    """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions.","status_code":403}""",
            }
        );
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "hello");
        await harness.WarRoomAsync(lines => lines.Contains("hello"));

        Assert.StartsWith($"**{post.UserId}**: hello", harness.FromChat()[0], StringComparison.Ordinal);
    }
}
