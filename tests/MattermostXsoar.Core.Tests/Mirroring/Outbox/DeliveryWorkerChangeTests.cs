using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>Edits and deletions of messages that wait, and what has to be in the store before the next one is
/// sent.</summary>
public sealed class DeliveryWorkerChangeTests : IDisposable
{
    private readonly DeliveryScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScriptedSink Sink => _scene.Sink;

    private IReadOnlyList<string> Journal => _scene.Journal.Entries;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task An_edit_that_waits_is_merged_into_its_message()
    {
        var worker = _scene.NewWorker();
        await DeliveryScene.RecordAsync(worker, _scene.Message("a", "one"), _scene.Message("b", "other"));
        await DeliveryScene.RecordAsync(worker, _scene.Edit("a", "two", 1), _scene.Edit("a", "three", 2));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal([("a", "three"), ("b", "other")], Sink.Sent);
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task A_message_that_is_edited_between_two_tries_is_sent_as_it_is_then()
    {
        var worker = _scene.NewWorker();
        Sink.OnSend(
            "a",
            async (_, _) =>
            {
                await DeliveryScene.RecordAsync(worker, _scene.Edit("a", "two"));
                throw TestErrors.Busy;
            }
        );
        await DeliveryScene.RecordAsync(worker, _scene.Message("a", "one"));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal([("a", "one"), ("a", "two")], Sink.Sent);
    }

    [Fact]
    public async Task An_edit_is_found_even_if_its_recording_reported_an_error()
    {
        var worker = _scene.NewWorker();
        Sink.OnSend(
            "a",
            async (_, _) =>
            {
                // It is in the store; only the answer got lost.
                _scene.Mirror.AtStep(step =>
                {
                    if (step == "WarRoomToChat.AfterRecord")
                        throw new IOException("No answer.");
                });
                await Assert.ThrowsAsync<IOException>(() => DeliveryScene.RecordAsync(worker, _scene.Edit("a", "two")));
                _scene.Mirror.AtStep(null);
                throw TestErrors.Busy;
            }
        );
        await DeliveryScene.RecordAsync(worker, _scene.Message("a", "one"));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal([("a", "one"), ("a", "two")], Sink.Sent);
    }

    [Fact]
    public async Task An_edit_that_was_recorded_by_an_earlier_process_is_merged_too()
    {
        await _scene.Mirror.Store.RecordAsync(
            _scene.Mirror.Record.Id,
            [_scene.Message("a", "one"), _scene.Edit("a", "two")],
            default
        );
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal([("a", "two")], Sink.Sent);
    }

    [Fact]
    public async Task A_message_that_is_deleted_while_it_waits_is_never_sent()
    {
        var worker = _scene.NewWorker();
        await DeliveryScene.RecordAsync(worker, _scene.Message("a"), _scene.Message("b"));
        await DeliveryScene.RecordAsync(worker, _scene.Deletion("a"));
        // The sink knows that there is nothing to take back.
        Sink.OnSend("a deletion", (_, _) => Task.FromResult(DeliveryOutcome.Nothing));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal(["send b", "send a deletion"], Journal);
        Assert.Null(_scene.TargetOf("a"));
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task A_message_that_arrived_is_changed_by_deliveries_of_their_own_in_order()
    {
        var worker = _scene.NewWorker();
        await _scene.DeliverAsync(worker, "a");
        await DeliveryScene.RecordAsync(worker, _scene.Edit("a", "two"), _scene.Message("b"), _scene.Deletion("a"));
        await worker.DrainAsync(Token).InTime();
        // The edit was deleted while it waited.
        Assert.Equal(["send a", "send b", "send a deletion"], Journal);
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task Before_a_further_part_is_sent_the_id_of_the_first_is_in_the_store()
    {
        _scene.Time.Freeze();
        string? first = null;
        Sink.OnSend("a/1", Sink.TakeAnd(() => first = _scene.TargetOf("a")));
        var worker = _scene.NewWorker();
        await DeliveryScene.RecordAsync(worker, _scene.Message("a"), _scene.Message("a", part: 1));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal("on-a", first);
    }

    [Fact]
    public async Task Before_an_edit_is_sent_the_id_of_its_message_is_in_the_store()
    {
        _scene.Time.Freeze();
        string? changed = null;
        Sink.OnSend("a edit", Sink.TakeAnd(() => changed = _scene.TargetOf("a")));
        var worker = _scene.NewWorker();
        Sink.OnSend(
            "b",
            async (delivery, _) =>
            {
                await DeliveryScene.RecordAsync(worker, _scene.Edit("a", "two"));
                return Sink.Take(delivery);
            }
        );
        await DeliveryScene.RecordAsync(worker, _scene.Message("a"), _scene.Message("b"));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal(["send a", "send b", "send a edit"], Journal);
        Assert.Equal("on-a", changed);
    }

    [Fact]
    public async Task Before_a_message_of_its_own_is_sent_nothing_has_to_be_written()
    {
        _scene.Time.Freeze();
        string? first = "not looked at";
        Sink.OnSend("b", Sink.TakeAnd(() => first = _scene.TargetOf("a")));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Null(first);
    }

    [Fact]
    public async Task When_a_drain_returns_the_store_knows_what_arrived()
    {
        _scene.Time.Freeze();
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Empty(_scene.Waiting);
        Assert.Equal("on-b", _scene.TargetOf("b"));
        Assert.Equal(2, _scene.Mirror.Stored.FromWarRoom);
    }

    [Fact]
    public async Task Whoever_waits_for_a_delivery_returns_when_it_and_those_before_are_in_the_store_or_set_aside()
    {
        _scene.Time.Freeze();
        using var stopping = new CancellationTokenSource();
        Sink.OnSend("b", ScriptedSink.Throw(TestErrors.Refused));
        var worker = _scene.NewWorker();
        var added = await worker.RecordAsync([_scene.Message("a"), _scene.Message("b")], default).InTime();
        var done = worker.WhenDoneAsync(added[^1].Id, Token);
        Assert.False(done.IsCompleted);
        var running = worker.RunAsync(stopping.Token, CancellationToken.None);
        await done.InTime();
        Assert.Empty(_scene.Waiting);
        Assert.Equal("on-a", _scene.TargetOf("a"));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
    }
}
