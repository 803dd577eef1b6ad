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
    // Result code of https://www.sqlite.org/rescode.html
    private const int Full = 13;

    [Theory]
    [InlineData(nameof(StopPoint.BeforeCommit))]
    [InlineData("ToChat.BeforeCursor")]
    [InlineData("ToWarRoom.BeforeCount")]
    public async Task The_disk_is_full_for_a_while(string step)
    {
        await using var scene = await StopScene.StartAsync(output);
        var isFull = 0;
        var refused = 0;
        await scene.MirrorAsync(new StopPoints(reached =>
        {
            if (Volatile.Read(ref isFull) == 0 || reached != step)
                return;
            Interlocked.Increment(ref refused);
            throw new SqliteException("database or disk is full", Full);
        }));
        await scene.Harness.Service.WaitListenerAsync(ListenerState.Connected, scene.Harness.Token);
        Volatile.Write(ref isFull, 1);
        var talking = scene.TalkAsync();
        while (Volatile.Read(ref refused) < 5)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, scene.Harness.Token);
        Volatile.Write(ref isFull, 0);
        await talking;
        await scene.AccountAsync();
        output.WriteLine($"{refused} writes were refused");
        await scene.Harness.MirrorIsAsync(mirror => mirror is { State: MirrorState.Active, Pending: 0, Failed: 0 });
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
            await Assert.ThrowsAsync<Errors.MattermostXsoarException>(() => scene.Harness.Service.WaitListenerAsync(ListenerState.Stopped, scene.Harness.Token));
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
