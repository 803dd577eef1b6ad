using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>When acknowledgements are written, by a clock that does not move unless the test moves it.</summary>
public sealed class AckBatcherTests : IDisposable
{
    private const string Writing = "WarRoomToChat.BeforeMark";
    private const string Written = "WarRoomToChat.AfterMark";

    private readonly DeliveryScene _scene = new();
    private readonly AckBatcher _acks;

    public AckBatcherTests()
    {
        _scene.Time.Freeze();
        AllowWrites();
        var (runtime, health) = (_scene.Mirror.Runtime, _scene.Mirror.Health);
        _acks = new AckBatcher(
            _scene.Mirror.Store,
            runtime,
            new DeliveryLog(runtime, health, DeliveryDirection.WarRoomToChat)
        );
    }

    // Further tries are for those who read the verbose log.
    private IEnumerable<string> Logged =>
        _scene
            .Mirror.Log.Records.Where(record => record.Level > ListenerLogLevel.Verbose)
            .Select(record => record.Event);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Acknowledgements_are_gathered_for_a_moment_and_written_together()
    {
        var deliveries = await RecordAsync(3);
        foreach (var delivery in deliveries)
            await DoneAsync(delivery).InTime();
        Assert.Equal(["0", "1", "2"], _scene.Waiting);
        _scene.Time.Advance(TestMirror.Options.MarkDelay - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _scene.Journal.Count(Writing));

        _scene.Time.Advance(TimeSpan.FromMilliseconds(1));
        await _scene.Journal.WhenAsync(Written);
        Assert.Empty(_scene.Waiting);
        Assert.Equal(1, _scene.Journal.Count(Writing));
        Assert.Equal("on-2", _scene.TargetOf("2"));
    }

    [Fact]
    public async Task A_flush_has_them_written_now()
    {
        var deliveries = await RecordAsync(2);
        await DoneAsync(deliveries[0]).InTime();
        await DoneAsync(deliveries[1]).InTime();
        await _acks.FlushAsync(CancellationToken.None).InTime();
        Assert.Empty(_scene.Waiting);
        Assert.Equal(1, _scene.Journal.Count(Writing));
    }

    [Fact]
    public async Task A_flush_of_nothing_returns_at_once() => await _acks.FlushAsync(CancellationToken.None).InTime();

    [Fact]
    public async Task Acknowledgements_that_the_store_refuses_are_kept_and_written_later()
    {
        var deliveries = await RecordAsync(2);
        RefuseWrites();
        await DoneAsync(deliveries[0]).InTime();
        var flushing = _acks.FlushAsync(CancellationToken.None);
        await _scene.Journal.WhenAsync("wait 0.75");
        await DoneAsync(deliveries[1]).InTime();
        _scene.Time.Advance(TimeSpan.FromSeconds(0.75));
        await _scene.Journal.WhenAsync("wait 1.5");
        Assert.False(flushing.IsCompleted);
        Assert.Equal(["0", "1"], _scene.Waiting);
        Assert.Equal([ListenerLogEvents.StoreWriteFailed], Logged);

        AllowWrites();
        _scene.Time.Advance(TimeSpan.FromSeconds(1.5));
        await flushing.InTime();
        await _acks.FlushAsync(CancellationToken.None).InTime();
        Assert.Empty(_scene.Waiting);
        Assert.Equal([ListenerLogEvents.StoreWriteFailed, ListenerLogEvents.Recovered], Logged);
    }

    [Fact]
    public async Task When_too_many_are_under_way_the_next_delivery_waits_for_the_store()
    {
        const int MaxOpen = 2;
        var deliveries = await RecordAsync(3);
        RefuseWrites();
        await DoneAsync(deliveries[0], MaxOpen).InTime();
        await DoneAsync(deliveries[1], MaxOpen).InTime();
        var third = DoneAsync(deliveries[2], MaxOpen);
        await _scene.Journal.WhenAsync("wait 0.75");
        Assert.False(third.IsCompleted);

        AllowWrites();
        _scene.Time.Advance(TimeSpan.FromSeconds(0.75));
        await third.InTime();
    }

    [Fact]
    public async Task Before_too_many_are_under_way_they_are_written_without_waiting_for_more()
    {
        const int MaxOpen = 4;
        var deliveries = await RecordAsync(3);
        await DoneAsync(deliveries[0], MaxOpen).InTime();
        await DoneAsync(deliveries[1], MaxOpen).InTime();
        Assert.Equal(0, _scene.Journal.Count(Writing));
        await DoneAsync(deliveries[2], MaxOpen).InTime();
        await _scene.Journal.WhenAsync(Written);
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task A_refusal_and_a_skip_are_in_the_store_when_they_return_also_when_it_refused_them_at_first()
    {
        var deliveries = await RecordAsync(2);
        RefuseWrites();
        var failing = _acks.FailedAsync(deliveries[0], "No.", "note", CancellationToken.None);
        await _scene.Journal.WhenAsync("wait 0.75");
        Assert.False(failing.IsCompleted);
        AllowWrites();
        _scene.Time.Advance(TimeSpan.FromSeconds(0.75));
        await failing.InTime();
        await _acks.SkippedAsync(deliveries[1], CancellationToken.None).InTime();

        Assert.Empty(_scene.Waiting);
        var failed = Assert.Single(_scene.Mirror.Store.ReadFailed());
        Assert.Equal(("0", "No."), (failed.SourceId, failed.Reason));
        Assert.Equal("note", _scene.TargetOf("0"));
        Assert.Null(_scene.TargetOf("1"));
    }

    [Fact]
    public async Task An_end_does_not_wait_for_a_store_that_refuses_and_what_is_not_acknowledged_stays()
    {
        using var abort = new CancellationTokenSource();
        var deliveries = await RecordAsync(1);
        RefuseWrites();
        await _acks.DoneAsync(deliveries[0], "on-0", 500, abort.Token).InTime();
        var flushing = _acks.FlushAsync(abort.Token);
        await _scene.Journal.WhenAsync("wait 0.75");
        await abort.CancelAsync();
        await flushing.InTime();
        Assert.Equal(["0"], _scene.Waiting);
    }

    private Task DoneAsync(DeliveryRecord delivery, int maxOpen = 500) =>
        _acks.DoneAsync(delivery, "on-" + delivery.SourceId, maxOpen, CancellationToken.None);

    private Task<List<DeliveryRecord>> RecordAsync(int count) =>
        _scene.Mirror.Store.RecordAsync(
            _scene.Mirror.Record.Id,
            [.. Enumerable.Range(0, count).Select(i => _scene.Message($"{i}"))],
            default
        );

    private void AllowWrites() => _scene.Mirror.AtStep(Note);

    private void RefuseWrites() =>
        _scene.Mirror.AtStep(step =>
        {
            Note(step);
            if (step == nameof(StopPoint.BeforeCommit))
                throw new SqliteException("database or disk is full", SQLitePCL.raw.SQLITE_FULL);
        });

    private void Note(string step)
    {
        if (step is Writing or Written)
            _scene.Journal.Add(step);
    }
}
