using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

public sealed class RecoveryLookupTests : IDisposable
{
    private readonly DeliveryScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Until_the_side_has_been_read_once_everything_may_have_arrived_and_then_what_was_recorded_by_then()
    {
        var earlier = await RecordAsync("a", "b");
        var recovery = Recovery(newestId: earlier[^1].Id);
        Assert.True(recovery.IsOpen);
        Assert.True(recovery.Covers(_scene.Message("any") with { Id = 1_000_000 }));
        var read = await RecordAsync("c", "d");
        recovery.Close();
        var later = await RecordAsync("e");

        Assert.False(recovery.IsOpen);
        Assert.All(earlier.Concat(read), delivery => Assert.True(recovery.Covers(delivery)));
        Assert.False(recovery.Covers(later[0]));
    }

    [Fact]
    public async Task What_was_there_at_the_start_is_covered_even_if_nothing_waits_when_the_side_has_been_read()
    {
        var recovery = Recovery(newestId: 7);
        recovery.Close();
        Assert.True(recovery.Covers(_scene.Message("a") with { Id = 7 }));
        Assert.False(recovery.Covers(_scene.Message("a") with { Id = 8 }));
        // A later reading changes nothing.
        await RecordAsync([.. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        recovery.Close();
        Assert.False(recovery.Covers(_scene.Message("a") with { Id = 8 }));
    }

    [Fact]
    public void It_stays_open_where_the_store_cannot_be_read()
    {
        var recovery = Recovery(newestId: 0);
        _scene.Mirror.Store.Dispose();
        recovery.Close();
        Assert.True(recovery.IsOpen);
    }

    [Fact]
    public async Task What_an_earlier_process_sent_last_is_given_time_to_settle_before_the_one_look_up()
    {
        var earlier = await RecordAsync("a", "b", "c");
        _scene.Sink.Arrives("c");
        var recovery = Recovery(newestId: earlier[^1].Id);
        var first = await FindAsync(recovery, earlier[0], earlier[1]);
        var second = await FindAsync(recovery, earlier[2]);
        Assert.Equal(["wait 1", "find a,b"], _scene.Journal.Entries);
        Assert.Equal((null, "on-c"), (first(earlier[0]), second(earlier[2])));
    }

    [Fact]
    public async Task What_is_newer_than_the_worker_needs_no_time_to_settle()
    {
        var read = await RecordAsync("a");
        await FindAsync(Recovery(newestId: read[0].Id - 1), read[0]);
        Assert.Equal(["find a"], _scene.Journal.Entries);
    }

    [Fact]
    public async Task A_look_up_that_fails_is_repeated_with_its_time_to_settle()
    {
        var earlier = await RecordAsync("a");
        var recovery = Recovery(newestId: earlier[0].Id);
        _scene.Sink.OnFind(() => throw TestErrors.Busy);
        await Assert.ThrowsAnyAsync<Exception>(() => FindAsync(recovery, earlier[0]));
        _scene.Sink.Arrives("a");
        var find = await FindAsync(recovery, earlier[0]);
        Assert.Equal(["wait 1", "find a", "wait 1", "find a"], _scene.Journal.Entries);
        Assert.Equal("on-a", find(earlier[0]));
    }

    private Task<Func<DeliveryRecord, string?>> FindAsync(
        RecoveryLookup recovery,
        params DeliveryRecord[] deliveries
    ) => recovery.FindAsync(deliveries, CancellationToken.None, CancellationToken.None).InTime();

    private Task<List<DeliveryRecord>> RecordAsync(params string[] ids) =>
        _scene.Mirror.Store.RecordAsync(_scene.Mirror.Record.Id, [.. ids.Select(id => _scene.Message(id))], default);

    private RecoveryLookup Recovery(long newestId) =>
        new(
            _scene.Mirror.Store,
            _scene.Mirror.Runtime,
            _scene.Sink,
            _scene.Mirror.Record.Id,
            DeliveryDirection.WarRoomToChat,
            newestId
        );
}
