using System.Diagnostics;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>The state file cannot be written, or is taken away.</summary>
[Trait("Category", "Fault")]
public sealed class StoreFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(nameof(StopPoint.BeforeCommit))]
    [InlineData("WarRoomToChat.BeforeCursor")]
    [InlineData("ChatToWarRoom.BeforeCount")]
    public async Task Each_kind_of_write_is_refused_for_a_while(string step)
    {
        await using var scene = await StopScene.StartAsync(output);
        var isFull = 0;
        var refused = 0;
        await scene.MirrorAsync(
            new StopPoints(reached =>
            {
                if (Volatile.Read(ref isFull) == 0 || reached != step)
                    return;
                Interlocked.Increment(ref refused);
                throw new SqliteException("database or disk is full", SQLitePCL.raw.SQLITE_FULL);
            })
        );
        await scene.Harness.Service.WaitListenerAsync(ListenerState.Connected, scene.Harness.Token);
        Volatile.Write(ref isFull, 1);
        var talking = scene.TalkAsync();
        await scene.Harness.WhenAsync(() => Volatile.Read(ref refused) >= 5);
        Volatile.Write(ref isFull, 0);
        await talking;
        await scene.AccountAsync();
        output.WriteLine($"{refused} writes were refused");
        await scene.Harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Pending: 0, Failed: 0 });
    }

    [Fact]
    public Task The_disk_is_full_for_a_while() =>
        RefuseAsync(OpenStore.FillDisk, OpenStore.FreeDisk, "the disk is full", "Free some space");

    [Fact]
    public Task The_store_may_not_be_written_for_a_while() =>
        RefuseAsync(
            OpenStore.ForbidWriting,
            OpenStore.AllowWriting,
            "is read-only for this user",
            "Give this user the right"
        );

    [Fact]
    public async Task A_place_where_nothing_may_be_written_is_refused_at_the_start_with_the_file_and_what_to_do()
    {
        await using var harness = await MirrorHarness.StartAsync();
        // A folder in the place of the file: not even root may write that.
        Directory.CreateDirectory(harness.StatePath);
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.MirrorAsync());
        output.WriteLine($"{error.Message} {error.Advice}");
        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.Contains(harness.StatePath, error.Message, StringComparison.Ordinal);
        Assert.Contains("-StatePath", error.Advice, StringComparison.Ordinal);
    }

    // SQLite itself refuses what people write meanwhile; everybody can see why; what was refused arrives when it is over.
    private async Task RefuseAsync(Action<MirrorService> refuse, Action<MirrorService> allow, string why, string remedy)
    {
        await using var scene = await StopScene.StartAsync(output);
        var harness = scene.Harness;
        var tries = 0;
        await scene.MirrorAsync(
            new StopPoints(reached =>
            {
                if (reached.EndsWith(nameof(StopPoint.BeforeRecord), StringComparison.Ordinal))
                    Interlocked.Increment(ref tries);
            })
        );
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        refuse(harness.Service);
        var watch = Stopwatch.StartNew();
        var talking = scene.TalkAsync();
        var seen = await harness.MirrorIsAsync(mirror =>
            mirror.LastError?.Contains(why, StringComparison.Ordinal) == true
        );
        output.WriteLine(seen.LastError!);
        Assert.Contains(harness.StatePath, seen.LastError, StringComparison.Ordinal);
        Assert.Contains(remedy, seen.LastError, StringComparison.Ordinal);
        // Small changes still find room now and then.
        await harness.WhenAsync(() =>
            harness.Service.GetListener() is { State: ListenerState.Connected } listener
            && listener.Reason == seen.LastError
        );
        var before = Volatile.Read(ref tries);
        await harness.WhenAsync(() => Volatile.Read(ref tries) >= before + 8);
        var (tried, elapsed) = (Volatile.Read(ref tries), watch.Elapsed);
        allow(harness.Service);
        await talking;
        await scene.AccountAsync();
        output.WriteLine($"{tried} tries to write in {elapsed.TotalSeconds:0.0} s");
        // Two sides, each growing its waits up to the longest; a slow machine only makes it fewer.
        Assert.InRange(tried, 8, (2 * elapsed / (MirrorHarness.Quick.LongestRetry / 2)) + 20);
        await harness.MirrorIsAsync(mirror =>
            mirror is { State: MirrorState.Active, Pending: 0, Failed: 0, LastError: null }
        );
        await harness.WhenAsync(() => harness.Service.GetListener().Reason is null);
    }

    [Fact]
    public async Task The_store_is_moved_away_and_put_back()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            var files = new[] { "", "-wal", "-shm" }.Select(end => scene.Harness.StatePath + end).ToList();
            foreach (var file in files.Where(File.Exists))
                File.Move(file, file + ".away");
            await Assert.ThrowsAsync<Errors.MattermostXsoarException>(() =>
                scene.Harness.Service.WaitListenerAsync(ListenerState.Stopped, scene.Harness.Token)
            );
            Assert.Equal(ListenerState.Failed, scene.Harness.Service.GetListener().State);
            output.WriteLine(scene.Harness.Service.GetListener().Reason!);
            await scene.Harness.Service.CloseAsync();
            foreach (var file in files.Where(file => File.Exists(file + ".away")))
                File.Move(file + ".away", file, overwrite: true);
            await scene.Harness.NewServiceAsync();
            await scene.Harness.Service.StartListenerAsync(scene.Harness.Token);
        });
    }
}
