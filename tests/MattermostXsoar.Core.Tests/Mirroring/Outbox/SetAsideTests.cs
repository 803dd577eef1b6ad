using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>When one delivery that keeps failing is set aside, and when it waits instead.</summary>
public sealed class SetAsideTests : IDisposable
{
    private readonly DeliveryScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScriptedSink Sink => _scene.Sink;

    private IEnumerable<string> WithoutWaits =>
        _scene.Journal.Entries.Where(entry => !entry.StartsWith("wait", StringComparison.Ordinal));

    private FailedDelivery Failed => Assert.Single(_scene.Mirror.Store.ReadFailed());

    public static TheoryData<Exception> OfOneDelivery =>
        [
            TestErrors.Busy,
            new ApiException(ErrorIds.WrongHost, ErrorKind.Connection, "A web page.") { StatusCode = 403 },
            new ApiException(ErrorIds.InvalidXsoarKey, ErrorKind.Authentication, "No reason given.")
            {
                StatusCode = 403,
            },
            new MattermostXsoarException(ErrorIds.FileUnavailable, ErrorKind.InvalidOperation, "It ended too early."),
        ];

    public static TheoryData<Exception> OfAllDeliveries =>
        [
            new ApiException(ErrorIds.InvalidBotToken, ErrorKind.Authentication, "Revoked.")
            {
                ServerErrorId = "api.context.session_expired.app_error",
            },
            new ApiException(ErrorIds.PermissionDenied, ErrorKind.Permission, "No right.")
            {
                ServerErrorId = "api.context.permissions.app_error",
            },
            new ApiException(ErrorIds.ChannelArchived, ErrorKind.InvalidOperation, "Archived."),
            new ApiException(ErrorIds.ChannelNotFound, ErrorKind.NotFound, "No channel."),
            new ApiException(ErrorIds.InvestigationNotFound, ErrorKind.NotFound, "No investigation."),
            TestErrors.Closed,
            new ApiException(ErrorIds.RateLimited, ErrorKind.Unavailable, "Too many."),
            new MattermostXsoarException(ErrorIds.StoreUnavailable, ErrorKind.Store, "The disk is full."),
        ];

    public void Dispose() => _scene.Dispose();

    [Theory]
    [MemberData(nameof(OfOneDelivery), DisableDiscoveryEnumeration = true)]
    public async Task What_alone_never_passes_is_set_aside_and_the_next_one_goes_on(Exception error)
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => error);
        Sink.OnNote(() => DeliveryOutcome.Refused("note", "A firewall refuses it."));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(3, _scene.Journal.Count("probe"));
        Assert.Equal(["note a", "send b"], WithoutWaits.TakeLast(2));
        Assert.Equal(("a", "A firewall refuses it."), (Failed.SourceId, Failed.Reason));
        Assert.Equal("note", _scene.TargetOf("a"));
        Assert.Equal("on-b", _scene.TargetOf("b"));
    }

    [Fact]
    public async Task It_is_tried_for_half_a_minute_and_three_times_more_while_other_calls_succeed()
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => TestErrors.Busy);
        Sink.OnNote(() => DeliveryOutcome.Refused("note", "Why."));
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(
            [.. Enumerable.Repeat("send a", 7), "probe", "send a", "probe", "send a", "probe", "note a"],
            WithoutWaits
        );
        Assert.True(_scene.Time.GetUtcNow() - TestMirror.Start >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Between_the_last_try_and_the_note_there_is_no_wait_in_which_the_side_may_accept_messages_again()
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => TestErrors.Busy);
        Sink.OnNote(() => DeliveryOutcome.Refused("note", "Why."));
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal(["send a", "probe", "note a"], _scene.Journal.Entries.TakeLast(3));
    }

    [Theory]
    [MemberData(nameof(OfAllDeliveries), DisableDiscoveryEnumeration = true)]
    public async Task What_holds_up_all_deliveries_alike_sets_none_aside(Exception error)
    {
        Sink.Answers = true;
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(error), 20)]);
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(
            [.. Enumerable.Repeat("send a", 21), "send b"],
            WithoutWaits.Where(entry => !entry.StartsWith("find", StringComparison.Ordinal))
        );
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    [Fact]
    public async Task While_the_servers_do_not_answer_other_calls_either_nothing_is_set_aside()
    {
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(TestErrors.Busy), 30)]);
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal((31, 1), (_scene.Journal.Count("send a"), _scene.Journal.Count("send b")));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    [Fact]
    public async Task An_outage_that_ends_between_a_try_and_the_call_that_judges_it_sets_nothing_aside()
    {
        Sink.OnSend("a", [.. Enumerable.Repeat(ScriptedSink.Throw(TestErrors.Busy), 12)]);
        Sink.OnSend(
            "a",
            (_, _) =>
            {
                Sink.Answers = true;
                throw TestErrors.Busy;
            }
        );
        await _scene.DeliverAsync(_scene.NewWorker(), "a");
        Assert.Equal("on-a", _scene.TargetOf("a"));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    [Fact]
    public async Task A_side_that_does_not_accept_the_note_either_accepts_nothing_and_the_delivery_waits()
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => TestErrors.Busy);
        Sink.OnNote(
            () => throw TestErrors.Busy,
            () =>
            {
                Sink.Accept("a");
                throw TestErrors.Busy;
            }
        );
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(2, _scene.Journal.Count("note a"));
        Assert.Equal(["note a", "send a", "send b"], WithoutWaits.TakeLast(3));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    [Fact]
    public async Task What_may_have_arrived_is_looked_up_before_the_note()
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => TestErrors.Lost);
        Sink.OnNote(() => DeliveryOutcome.Refused("note", "Why."));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(["find a", "note a", "send b"], WithoutWaits.TakeLast(3));
    }

    [Fact]
    public async Task What_is_found_by_that_look_up_has_arrived_and_is_not_set_aside()
    {
        Sink.Answers = true;
        var sends = 0;
        Sink.RefuseAlways(
            "a",
            () =>
            {
                if (++sends == 9)
                    Sink.Arrives("a");
                return TestErrors.Lost;
            }
        );
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Assert.Equal(9, sends);
        Assert.Equal(["probe", "find a", "send b"], WithoutWaits.TakeLast(3));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task A_text_that_was_edited_meanwhile_is_tried_as_it_is_now()
    {
        Sink.Answers = true;
        var worker = _scene.NewWorker();
        var sends = 0;
        Sink.RefuseAlways(
            "a",
            () =>
            {
                // The third failure that counts: the next step would be the note.
                if (++sends == 9)
                {
                    DeliveryScene.RecordAsync(worker, _scene.Edit("a", "harmless")).GetAwaiter().GetResult();
                    Sink.Accept("a");
                }

                return TestErrors.Busy;
            }
        );
        await _scene.DeliverAsync(worker, "a", "b");
        Assert.Equal(0, _scene.Journal.Count("note a"));
        Assert.Equal(("a", "harmless"), Sink.Sent.Last(sent => sent.Name == "a"));
        Assert.Empty(_scene.Mirror.Store.ReadFailed());
    }

    [Fact]
    public async Task A_pass_sets_it_aside_within_its_tries()
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => TestErrors.Busy);
        Sink.OnNote(() => DeliveryOutcome.Refused("note", "Why."));
        await _scene.DeliverAsync(_scene.NewWorker(maxAttempts: 4), "a", "b");
        Assert.Equal(["send a", "probe", "send a", "probe", "send a", "probe", "note a", "send b"], WithoutWaits);
    }

    [Fact]
    public async Task A_change_that_is_set_aside_leaves_what_shows_the_message()
    {
        Sink.Answers = true;
        var worker = _scene.NewWorker();
        await _scene.DeliverAsync(worker, "a");
        Sink.RefuseAlways("a edit", () => TestErrors.Busy);
        Sink.OnNote(() => DeliveryOutcome.RefusedChange("Why."));
        await DeliveryScene.RecordAsync(worker, _scene.Edit("a", "attack"));
        await worker.DrainAsync(Token).InTime();
        Assert.Equal(DeliveryKind.Edit, Failed.Kind);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }

    [Fact]
    public async Task What_was_set_aside_is_looked_up_and_sent_again_when_a_person_retries_it()
    {
        Sink.Answers = true;
        Sink.RefuseAlways("a", () => TestErrors.Lost);
        Sink.OnNote(() => DeliveryOutcome.Refused("note", "Why."));
        await _scene.DeliverAsync(_scene.NewWorker(), "a", "b");
        Sink.Accept("a");
        await _scene.Mirror.Store.RetryFailedAsync(_scene.Mirror.Record.Id);
        _scene.Journal.Clear();
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal(["find a", "send a"], WithoutWaits);
        Assert.Equal("on-a", _scene.TargetOf("a"));
    }
}
