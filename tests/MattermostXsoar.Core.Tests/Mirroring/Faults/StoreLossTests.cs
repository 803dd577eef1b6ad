using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>The state file is gone, replaced, or knows less than what was delivered.</summary>
[Trait("Category", "Fault")]
public sealed class StoreLossTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_old_copy_is_restored_while_people_write()
    {
        await using var scene = await FaultScene.StartAsync(output);
        var copy = "";
        await scene.RunAsync(
            FaultScene.Then(() => copy = OpenStore.BackUp(scene.Harness.StatePath)),
            async () =>
            {
                await scene.Harness.Service.CloseAsync();
                OpenStore.Restore(copy, scene.Harness.StatePath);
                await ListenAgainAsync(scene.Harness);
            }
        );
        Assert.Contains(scene.Harness.Log, record => record.Event == "AlreadyDelivered");
    }

    [Fact]
    public async Task What_a_restored_copy_does_not_contain_is_found_with_its_files_parts_edits_and_deletions()
    {
        await using var scene = await StopScene.StartAsync(output);
        await scene.MirrorAsync(StopPoints.None);
        await scene.Harness.Service.WaitListenerAsync(ListenerState.Connected, scene.Harness.Token);
        var copy = OpenStore.BackUp(scene.Harness.StatePath);
        await scene.TalkAsync();
        await scene.AccountAsync();
        await scene.Harness.Service.CloseAsync();
        OpenStore.Restore(copy, scene.Harness.StatePath);
        await ListenAgainAsync(scene.Harness);
        await scene.AccountAsync();
        await scene.Harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Pending: 0, Failed: 0 });
    }

    [Fact]
    public async Task A_pass_with_a_restored_copy_doubles_nothing()
    {
        await using var scene = await FaultScene.StartAsync(output);
        var copy = OpenStore.BackUp(scene.Harness.StatePath);
        await scene.RunAsync();
        await scene.Harness.Service.CloseAsync();
        OpenStore.Restore(copy, scene.Harness.StatePath);
        var service = await scene.Harness.NewServiceAsync(noListener: true);
        var (_, failures) = await service.SynchronizeAsync(null, scene.Harness.Token);
        Assert.Empty(failures);
        await scene.Traffic.AccountAsync();
    }

    [Fact]
    public async Task A_copy_is_put_in_the_place_of_the_store_under_a_running_listener()
    {
        // Windows lets nobody replace an open file.
        if (OperatingSystem.IsWindows())
            return;
        await using var scene = await FaultScene.StartAsync(output);
        var copy = "";
        await scene.RunAsync(
            FaultScene.Then(() => copy = OpenStore.BackUp(scene.Harness.StatePath)),
            async () =>
            {
                File.Move(copy, scene.Harness.StatePath, overwrite: true);
                await EndedAsync(scene.Harness, "was replaced");
                OpenStore.Restore(OpenStore.BackUp(scene.Harness.StatePath), scene.Harness.StatePath);
                await ListenAgainAsync(scene.Harness);
            }
        );
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task What_SQLite_keeps_beside_the_store_is_deleted_under_a_running_listener(string end)
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            File.Delete(scene.Harness.StatePath + end);
            await EndedAsync(scene.Harness, "was deleted");
            await ListenAgainAsync(scene.Harness);
        });
    }

    [Fact]
    public async Task The_store_is_deleted_permanently_and_the_mirror_is_started_again_with_an_empty_one()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var scene = await FaultScene.StartAsync(output);
        var harness = scene.Harness;
        await scene.RunAsync();
        var before = (harness.MirroredInWarRoom().Count, harness.MirroredInChat("incident-1").Count);
        OpenStore.Delete(harness.StatePath);
        await EndedAsync(harness, "was deleted");
        await harness.NewServiceAsync();
        Assert.Empty(harness.Service.GetMirrors());
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = false }, harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "said after the loss");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "written after the loss");
        await harness.WarRoomAsync(lines => lines.Contains("said after the loss"));
        await harness.ChatAsync("incident-1", lines => lines.Contains("written after the loss"));
        await scene.Traffic.AccountAsync();
        Assert.Equal(
            (before.Item1 + 1, before.Item2 + 1),
            (harness.MirroredInWarRoom().Count, harness.MirroredInChat("incident-1").Count)
        );
    }

    // The listener reports what happened and ends, so that no other process works with another file beside it.
    private async Task EndedAsync(MirrorHarness harness, string what)
    {
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.WaitListenerAsync(ListenerState.Stopped, harness.Token)
        );
        output.WriteLine($"{error.Message} {error.Advice}");
        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.Contains(harness.StatePath, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(ListenerState.Failed, harness.Service.GetListener().State);
        await harness.Service.CloseAsync();
    }

    private static async Task ListenAgainAsync(MirrorHarness harness)
    {
        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
    }
}
