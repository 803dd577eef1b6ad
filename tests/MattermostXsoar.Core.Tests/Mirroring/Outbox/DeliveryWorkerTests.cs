using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>What a worker does about each outcome of a delivery, and that nothing overtakes.</summary>
public sealed class DeliveryWorkerTests : IDisposable
{
    private readonly DeliveryScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScriptedSink Sink => _scene.Sink;

    private IReadOnlyList<string> Journal => _scene.Journal.Entries;

    private FailedDelivery Failed => Assert.Single(_scene.Mirror.Store.ReadFailed());

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Deliveries_leave_in_the_order_in_which_they_were_recorded()
    {
        var worker = _scene.NewWorker();
        await _scene.RecordAsync(worker, "b", "a");
        await _scene.RecordAsync(worker, "d", "c");
        await worker.DrainAsync(Token).InTime();
        Assert.Equal(["send b", "send a", "send d", "send c"], Journal);
        Assert.Empty(_scene.Waiting);
        Assert.Equal("on-c", _scene.TargetOf("c"));
    }

    [Fact]
    public async Task A_delivery_that_fails_holds_up_those_behind_it_until_it_arrives()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Busy), ScriptedSink.Throw(TestErrors.Busy));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["send a", "wait 0.75", "send a", "wait 1.5", "send a", "send b"], Journal);
    }

    [Fact]
    public async Task A_delivery_of_unknown_outcome_is_not_sent_again_when_it_is_found()
    {
        Sink.OnSend("a", Sink.TakeAndThrow(TestErrors.Lost));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["send a", "wait 1", "find a", "send b"], Journal);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task A_delivery_of_unknown_outcome_is_sent_again_when_it_is_not_found()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Lost));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["send a", "wait 1", "find a", "send a", "send b"], Journal);
    }

    [Fact]
    public async Task After_a_silent_server_the_delivery_may_be_found_only_at_the_second_look_up()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.TimedOut));
        Sink.OnFind(() =>
        {
            var before = Sink.There();
            Sink.Arrives("a");
            return before;
        });
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["send a", "wait 1", "find a", "wait 1", "find a", "send b"], Journal);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task After_a_look_up_that_failed_the_server_counts_as_silent_and_nothing_is_sent_before_one_succeeds()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Lost));
        Sink.OnFind(() => throw TestErrors.Busy);
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(["send a", "wait 1", "find a", "wait 1.5", "find a", "wait 1", "find a", "send a"], Journal);
    }

    [Fact]
    public async Task A_failure_without_effect_after_a_look_up_needs_no_further_look_up()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.TimedOut), ScriptedSink.Throw(TestErrors.Busy));
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(["send a", "wait 1", "find a", "wait 1", "find a", "send a", "wait 1.5", "send a"], Journal);
    }

    [Fact]
    public async Task The_note_of_a_refused_delivery_is_not_taken_for_the_delivery()
    {
        Sink.OnSend("a", Sink.Refuse("note", "The file is too large."));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(("a", "The file is too large."), (Failed.SourceId, Failed.Reason));
        Assert.Equal("note", _scene.TargetOf("a"));
        await _scene.Mirror.Store.RetryFailedAsync(_scene.Mirror.Record.Id);
        _scene.Journal.Clear();

        // The look-up finds the note, which has the same mark.
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Lost));
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal(["wait 1", "find a", "send a", "wait 1", "find a", "send a"], Journal);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task A_delivery_that_is_refused_is_set_aside_and_the_next_one_goes_on()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Refused));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["send a", "send b"], Journal);
        Assert.Equal(("a", "That is not accepted. Make it shorter."), (Failed.SourceId, Failed.Reason));
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task A_delivery_that_is_not_needed_any_more_is_skipped()
    {
        Sink.OnSend("a", (_, _) => Task.FromResult(DeliveryOutcome.Nothing));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Empty(_scene.Waiting);
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
        Assert.Null(_scene.TargetOf("a"));
        Assert.Equal(1, _scene.Mirror.Stored.FromWarRoom);
    }

    [Fact]
    public async Task After_an_unexpected_error_the_delivery_may_have_arrived()
    {
        Sink.OnSend("a", Sink.TakeAndThrow(TestErrors.Unexpected));
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(["send a", "wait 1", "find a"], Journal);
    }

    [Fact]
    public async Task A_delivery_that_fails_with_five_unexpected_errors_is_set_aside()
    {
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(TestErrors.Unexpected), 5)]);
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(5, _scene.Journal.Count("send a"));
        Assert.Equal("send b", Journal[^1]);
        Assert.Equal(("a", "Nobody foresaw this."), (Failed.SourceId, Failed.Reason));
    }

    [Fact]
    public async Task A_file_that_is_cut_short_four_times_may_still_arrive()
    {
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(TestErrors.CutFile), 4)]);
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task A_delivery_that_fails_with_four_unexpected_errors_may_still_arrive()
    {
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(TestErrors.Unexpected), 4)]);
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(5, _scene.Journal.Count("send a"));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    [Fact]
    public async Task Errors_that_pass_by_themselves_do_not_count_as_unexpected()
    {
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(TestErrors.Busy), 6)]);
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Unexpected));
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(8, _scene.Journal.Count("send a"));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    public static TheoryData<ApiException> Pauses => [TestErrors.Forbidden, TestErrors.Closed];

    [Theory]
    [MemberData(nameof(Pauses), DisableDiscoveryEnumeration = true)]
    public async Task Where_something_outside_has_to_change_the_mirror_is_paused_meanwhile_and_goes_on(
        ApiException failure
    )
    {
        var meanwhile = new List<(MirrorState, string?)>();
        Sink.OnSend(
            "a",
            ScriptedSink.Throw(failure),
            Sink.TakeAnd(() => meanwhile.Add((_scene.Mirror.Stored.State, _scene.Mirror.Stored.Reason)))
        );
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["send a", "wait 20", "send a", "send b"], Journal);
        Assert.Equal([(MirrorState.Paused, failure.Message)], meanwhile);
        Assert.Equal(MirrorState.Active, _scene.Mirror.Stored.State);
    }

    [Fact]
    public async Task A_pass_ends_after_so_many_tries_and_the_delivery_waits_for_the_next()
    {
        var last = TestErrors.Busy;
        Sink.OnSend(
            "b",
            ScriptedSink.Throw(TestErrors.Busy),
            ScriptedSink.Throw(TestErrors.Lost),
            ScriptedSink.Throw(last)
        );
        var error = await Assert.ThrowsAsync<AttemptsExhaustedException>(() =>
            _scene.DeliverAsync(_scene.NewWorker(maxAttempts: 3), "a", "b", "c")
        );
        Assert.Same(last, error.InnerException);
        // The server answers nothing else either (SetAsideTests).
        Assert.Equal(
            ["send a", "send b", "wait 0.75", "send b", "wait 1.5", "find b", "send b"],
            Journal.Where(entry => entry != "probe")
        );
        Assert.Equal(["b", "c"], _scene.Waiting);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task A_pass_ends_at_once_where_something_outside_has_to_change()
    {
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Forbidden));
        await Assert.ThrowsAsync<AttemptsExhaustedException>(() =>
            _scene.DeliverAsync(_scene.NewWorker(maxAttempts: 3), "a")
        );
        Assert.Equal(["send a"], Journal);
        Assert.Equal(["a"], _scene.Waiting);
    }

    [Fact]
    public async Task A_running_worker_delivers_what_is_recorded_until_it_is_stopped()
    {
        using var stopping = new CancellationTokenSource();
        var worker = _scene.NewWorker();
        var running = worker.RunAsync(stopping.Token, CancellationToken.None);
        await _scene.RecordAsync(worker, "a");
        await _scene.Journal.WhenAsync("send a");
        await _scene.RecordAsync(worker, "b");
        await _scene.Journal.WhenAsync("send b");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task A_stop_during_a_wait_sends_nothing_more_and_what_waits_stays()
    {
        using var stopping = new CancellationTokenSource();
        _scene.Time.Freeze();
        Sink.OnSend("a", ScriptedSink.Throw(TestErrors.Busy));
        var worker = _scene.NewWorker();
        await _scene.RecordAsync(worker, "a", "b");
        var running = worker.RunAsync(stopping.Token, CancellationToken.None);
        await _scene.Journal.WhenAsync("wait 0.75");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        Assert.Equal(["send a", "wait 0.75"], Journal);
        Assert.Equal(["a", "b"], _scene.Waiting);
    }

    [Fact]
    public async Task At_a_stop_the_delivery_at_hand_arrives_and_is_acknowledged_and_the_next_one_waits()
    {
        using var stopping = new CancellationTokenSource();
        _scene.Time.Freeze();
        Sink.OnSend("a", Sink.TakeAnd(stopping.Cancel));
        var worker = _scene.NewWorker();
        await _scene.RecordAsync(worker, "a", "b");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            worker.RunAsync(stopping.Token, CancellationToken.None).InTime()
        );
        Assert.Equal(["send a"], Journal);
        Assert.Equal(["b"], _scene.Waiting);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task A_delivery_that_is_cut_short_stays_to_be_looked_up()
    {
        using var stopping = new CancellationTokenSource();
        using var abort = new CancellationTokenSource();
        Sink.OnSend(
            "a",
            async (_, cancellationToken) =>
            {
                await stopping.CancelAsync();
                await abort.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                return DeliveryOutcome.Nothing;
            }
        );
        var worker = _scene.NewWorker();
        await _scene.RecordAsync(worker, "a", "b");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            worker.RunAsync(stopping.Token, abort.Token).InTime()
        );
        Assert.Equal(["send a"], Journal);
        Assert.Equal(["a", "b"], _scene.Waiting);
    }
}
