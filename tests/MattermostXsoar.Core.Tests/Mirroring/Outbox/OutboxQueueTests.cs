using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

public sealed class OutboxQueueTests : IDisposable
{
    private readonly TestMirror _mirror = new(TimeProvider.System);
    private readonly OutboxQueue _outbox;

    public OutboxQueueTests() => _outbox = NewQueue();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _mirror.Dispose();

    [Fact]
    public async Task Deliveries_that_several_record_at_once_are_all_taken_and_in_the_order_of_their_numbers()
    {
        const int Recorders = 4;
        const int Each = 300;
        var recording = Enumerable
            .Range(0, Recorders)
            .Select(recorder =>
                Task.Run(async () =>
                {
                    for (var i = 0; i < Each; i++)
                        await RecordAsync($"{recorder}-{i}");
                })
            )
            .ToList();

        var taken = new List<DeliveryRecord>();
        while (taken.Count < Recorders * Each)
            taken.AddRange(await _outbox.TakeAsync(Token).InTime());
        await Task.WhenAll(recording);

        Assert.Equal(Recorders * Each, taken.Select(delivery => delivery.SourceId).Distinct().Count());
        Assert.Equal(taken.Select(delivery => delivery.Id).Order(), taken.Select(delivery => delivery.Id));
        Assert.Empty(_outbox.TryTake());
    }

    [Theory]
    [InlineData(1, 1500)]
    [InlineData(15, 100)]
    // As many as stay in memory, and one more.
    [InlineData(10, 100)]
    [InlineData(7, 143)]
    public async Task However_many_wait_they_are_all_taken_once_and_in_order(int batches, int each)
    {
        Assert.Empty(_outbox.TryTake());
        var ids = Enumerable.Range(0, batches * each).Select(i => $"{i}").ToList();
        foreach (var batch in ids.Chunk(each))
            await RecordAsync(batch);
        Assert.Equal(ids, TakeAll());
    }

    [Fact]
    public async Task What_is_recorded_while_many_wait_comes_behind_them()
    {
        var ids = Enumerable.Range(0, 1500).Select(i => $"{i}").ToList();
        await RecordAsync([.. ids]);
        var taken = _outbox.TryTake().Select(delivery => delivery.SourceId).ToList();
        await RecordAsync("later");
        taken.AddRange(_outbox.TryTake().Select(delivery => delivery.SourceId));
        await RecordAsync("last");
        taken.AddRange(TakeAll());
        Assert.Equal([.. ids, "later", "last"], taken);
    }

    [Fact]
    public async Task A_delivery_that_is_known_is_not_taken_again()
    {
        await RecordAsync("a", "b");
        Assert.Equal(["a", "b"], TakeAll());
        await RecordAsync("b", "c");
        Assert.Equal(["c"], TakeAll());
    }

    [Fact]
    public async Task What_an_earlier_process_left_comes_first()
    {
        await RecordAsync("a", "b");
        var next = NewQueue();
        await RecordAsync(next, "c");
        Assert.Equal(["a", "b", "c"], TakeAll(next));
    }

    [Fact]
    public async Task What_is_in_the_store_although_its_recording_reported_an_error_is_taken_once_and_in_order()
    {
        Assert.Empty(_outbox.TryTake());
        await RecordAsync("a", "b");
        await FailToRecordAsync("WarRoomToChat.AfterRecord", "c", "d");
        // Whoever recorded them tries again, and the store knows them already.
        await RecordAsync("c", "d", "e");
        Assert.Equal(["a", "b", "c", "d", "e"], TakeAll());
    }

    [Fact]
    public async Task What_is_read_back_from_the_store_just_before_it_is_handed_over_is_taken_once()
    {
        List<string> readBack = [];
        _mirror.AtStep(step =>
        {
            if (step == "WarRoomToChat.AfterRecord")
                readBack = TakeAll();
        });
        await RecordAsync("a");
        _mirror.AtStep(null);
        Assert.Equal(["a"], readBack);
        Assert.Empty(TakeAll());
    }

    [Fact]
    public async Task What_was_not_recorded_is_not_taken_and_what_waits_stays()
    {
        Assert.Empty(_outbox.TryTake());
        await RecordAsync("a");
        await FailToRecordAsync("WarRoomToChat.BeforeRecord", "b");
        Assert.Equal(["a"], TakeAll());
        await RecordAsync("b");
        Assert.Equal(["b"], TakeAll());
    }

    [Fact]
    public async Task Whoever_waits_gets_what_is_in_the_store_although_its_recording_reported_an_error()
    {
        Assert.Empty(_outbox.TryTake());
        var taking = _outbox.TakeAsync(Token);
        Assert.False(taking.IsCompleted);
        await FailToRecordAsync("WarRoomToChat.AfterRecord", "a");
        Assert.Equal(["a"], (await taking.InTime()).Select(delivery => delivery.SourceId));
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_the_next_delivery_and_by_a_stop()
    {
        using var stopping = new CancellationTokenSource();
        var taking = _outbox.TakeAsync(stopping.Token);
        await RecordAsync("a");
        Assert.Equal(["a"], (await taking.InTime()).Select(delivery => delivery.SourceId));
        taking = _outbox.TakeAsync(stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking.InTime());
    }

    private async Task FailToRecordAsync(string step, params string[] ids)
    {
        _mirror.AtStep(reached =>
        {
            if (reached == step)
                throw new IOException("No answer.");
        });
        await Assert.ThrowsAsync<IOException>(() => RecordAsync(ids));
        _mirror.AtStep(null);
    }

    private OutboxQueue NewQueue() =>
        new(_mirror.Store, _mirror.Record.Id, DeliveryDirection.WarRoomToChat, _mirror.Runtime.StopPoints);

    private Task RecordAsync(params string[] ids) => RecordAsync(_outbox, ids);

    private async Task RecordAsync(OutboxQueue outbox, params string[] ids) =>
        await outbox
            .RecordAsync([.. ids.Select(id => TestDeliveries.Message(_mirror.Record.Id, id))], default)
            .InTime();

    private List<string> TakeAll() => TakeAll(_outbox);

    private static List<string> TakeAll(OutboxQueue outbox)
    {
        var taken = new List<string>();
        while (outbox.TryTake() is { Count: > 0 } deliveries)
            taken.AddRange(deliveries.Select(delivery => delivery.SourceId));
        return taken;
    }
}
