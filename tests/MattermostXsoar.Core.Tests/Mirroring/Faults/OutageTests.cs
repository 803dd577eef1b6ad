using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

[Trait("Category", "Fault")]
public sealed class OutageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task The_servers_restart(string version)
    {
        await using var scene = await FaultScene.StartAsync(output, new SandboxOptions { MattermostVersion = version });
        await scene.RunAsync([
            .. Enumerable.Repeat(() => scene.Sandbox.RestartAsync(TimeSpan.FromMilliseconds(200)), 4),
        ]);
    }

    [Fact]
    public async Task The_servers_freeze_and_go_on()
    {
        await using var scene = await FaultScene.StartAsync(output, timeout: TimeSpan.FromSeconds(1));
        // Until calls have run into their time limit, and a ping was not answered.
        await scene.RunAsync([
            .. Enumerable.Repeat(
                async () =>
                {
                    await ListenerIsAsync(scene, ListenerState.Connected);
                    await FreezeAsync(scene, () => ListenerIsAsync(scene, ListenerState.Reconnecting));
                },
                3
            ),
        ]);
    }

    [Fact]
    public async Task The_servers_freeze_for_less_than_a_time_out()
    {
        await using var scene = await FaultScene.StartAsync(output);
        // Until both sides wait for answers, or the next ping is due.
        await scene.RunAsync([.. Enumerable.Repeat(() => FreezeAsync(scene, () => scene.Harness.WaitsAsync(4)), 4)]);
    }

    [Fact]
    public async Task The_listener_is_stopped_and_another_begins_with_the_same_store()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync([
            .. Enumerable.Repeat(
                async () =>
                {
                    await scene.Harness.Service.CloseAsync();
                    await scene.Harness.NewServiceAsync();
                    await scene.Harness.Service.Listener.StartAsync(scene.Harness.Token);
                },
                5
            ),
        ]);
    }

    [Fact]
    public async Task The_mirror_is_changed_while_it_works()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync([
            .. Enumerable
                .Range(0, 6)
                .Select<int, Func<Task>>(i =>
                    () =>
                        scene.Harness.Service.StartMirrorAsync(
                            scene.Harness.Request() with
                            {
                                AutoClose = false,
                                Type = i % 2 == 0 ? MirrorType.Chat : MirrorType.All,
                            },
                            scene.Harness.Token
                        )
                ),
        ]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_process_holds_the_store(bool longerThanSQLiteWaits)
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(async () =>
        {
            using var other = new SqliteConnection($"Data Source={scene.Harness.StatePath};Pooling=False");
            other.Open();
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN EXCLUSIVE";
            begin.ExecuteNonQuery();
            // Something to write that no message depends on.
            scene.Sandbox.Mattermost.Rename("incident-1", "Case one", "case-one");
            // For so long people see who holds it up.
            if (!longerThanSQLiteWaits)
                await scene.Harness.WaitsAsync(4);
            else
                output.WriteLine(
                    (
                        await scene.Harness.MirrorIsAsync(found =>
                            found.LastError?.Contains("another program has locked it", StringComparison.Ordinal) == true
                        )
                    ).LastError!
                );
        });
        var mirror = await scene.Harness.MirrorIsAsync(found => found is { Pending: 0, LastError: null });
        Assert.Equal((MirrorState.Active, 180L, 180L), (mirror.State, mirror.FromChat, mirror.FromWarRoom));
        Assert.Equal(ListenerState.Connected, scene.Harness.Service.Listener.View().State);
    }

    private static Task ListenerIsAsync(FaultScene scene, ListenerState state) =>
        scene.Harness.Service.Listener.WaitAsync(state, scene.Harness.Token);

    private static async Task FreezeAsync(FaultScene scene, Func<Task> until)
    {
        scene.Sandbox.Freeze();
        await until();
        scene.Sandbox.Thaw();
    }
}
