using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>A store that several use at once, and one that is old and quiet.</summary>
public sealed class StoreSharingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Several_may_make_the_same_file_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var path = _folder.File($"state{round}.db");
            using var start = new Barrier(6);
            await Task.WhenAll(
                Enumerable
                    .Range(0, 6)
                    .Select(_ =>
                        Task.Factory.StartNew(
                            () =>
                            {
                                start.SignalAndWait();
                                using var store = StateStore.Open(path, "bot", _time);
                                Assert.Empty(store.ReadMirrors());
                            },
                            TestContext.Current.CancellationToken,
                            TaskCreationOptions.LongRunning,
                            TaskScheduler.Default
                        )
                    )
            );
        }
    }

    [Fact]
    public async Task What_a_quiet_War_Room_will_bring_again_is_never_forgotten()
    {
        using var store = StateStore.Open(_folder.File("state.db"), "bot", _time);
        var now = _time.GetUtcNow();
        var mirror = await store.SaveMirrorAsync(StateStoreTests.Mirror(), []);
        DeliveryRecord Message(string id, TimeSpan ago) =>
            new()
            {
                MirrorId = mirror.Id,
                Direction = DeliveryDirection.WarRoomToChat,
                SourceId = id,
                SourceAt = (now - ago).ToUnixTimeMilliseconds(),
                Payload = "{}",
            };
        var lines = await store.RecordAsync(
            mirror.Id,
            [
                Message("old", TimeSpan.FromMinutes(3)),
                Message("in the overlap", TimeSpan.FromMinutes(1)),
                Message("newest", TimeSpan.Zero),
            ],
            ReadPosition.WarRoom(now.UtcTicks)
        );
        foreach (var line in lines)
            await store.MarkDoneAsync(line, "post");
        _time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(1, await store.PruneAsync(TimeSpan.FromDays(7), TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        Assert.Empty(await store.RecordAsync(mirror.Id, [lines[1], lines[2]], default));
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task While_another_process_holds_the_file_all_writes_that_wait_fail_at_once()
    {
        using var store = StateStore.Open(_folder.File("state.db"), "bot", _time);
        var mirror = await store.SaveMirrorAsync(StateStoreTests.Mirror(), []);
        using var other = new SqliteConnection($"Data Source={_folder.File("state.db")};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        begin.ExecuteNonQuery();

        var writes = Enumerable
            .Range(0, 100)
            .Select(i => (Task)store.SetLastErrorAsync(mirror.Id, $"error {i}"))
            .ToList();
        var all = Task.WhenAll(writes).WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => all);
        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.All(writes, write => Assert.True(write.IsFaulted));
    }
}
