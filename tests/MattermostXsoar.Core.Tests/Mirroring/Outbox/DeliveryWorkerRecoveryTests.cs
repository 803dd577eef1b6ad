using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>A worker that begins where an earlier one left deliveries of which nobody knows whether they
/// arrived.</summary>
public sealed class DeliveryWorkerRecoveryTests : IDisposable
{
    private readonly DeliveryScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScriptedSink Sink => _scene.Sink;

    private IReadOnlyList<string> Journal => _scene.Journal.Entries;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Everything_that_waits_is_looked_up_once_and_what_had_arrived_is_not_sent()
    {
        await _scene.RecordAsync(_scene.Restarted(), "a", "b", "c", "d");
        Sink.Arrives("a");
        Sink.Arrives("c");
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal(["wait 1", "find a,b,c,d", "send b", "send d"], Journal);
        Assert.Empty(_scene.Waiting);
        Assert.Equal("on-c", _scene.TargetOf("c"));
    }

    [Fact]
    public async Task For_a_long_backlog_the_other_side_is_read_once()
    {
        var ids = Enumerable.Range(0, 450).Select(i => $"{i:000}").ToArray();
        await _scene.RecordAsync(_scene.Restarted(), ids);
        foreach (var id in ids.Where((_, i) => i % 9 != 0))
            Sink.Arrives(id);
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Single(Journal, entry => entry.StartsWith("find", StringComparison.Ordinal));
        Assert.Equal(ids.Where((_, i) => i % 9 == 0), Sink.Sent.Select(sent => sent.Name));
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task What_the_first_reading_records_is_looked_up_too_but_not_what_comes_after()
    {
        var worker = _scene.Restarted();
        Sink.Arrives("read");
        Sink.Arrives("waiting");
        await _scene.DeliverAsync(worker, "read");
        // Nothing was on its way when this worker began, so nothing is waited for.
        Assert.Equal(["find read"], Journal);
        await _scene.RecordAsync(worker, "waiting");
        worker.Recovery.Close();
        await _scene.RecordAsync(worker, "new");
        _scene.Journal.Clear();
        // Of what comes now nobody asks.
        Sink.Arrives("later");
        await worker.DrainAsync(Token).InTime();
        Assert.DoesNotContain("send waiting", Journal);
        _scene.Journal.Clear();

        await _scene.DeliverAsync(worker, "later");
        Assert.Equal(["send later"], Journal);
    }

    [Fact]
    public async Task New_messages_come_behind_those_that_waited()
    {
        await _scene.RecordAsync(_scene.Restarted(), "a", "b");
        var worker = _scene.Restarted();
        await _scene.DeliverAsync(worker, "c");
        Assert.Equal(["a", "b", "c"], Sink.Sent.Select(sent => sent.Name));
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_look_up_succeeds()
    {
        await _scene.RecordAsync(_scene.Restarted(), "a", "b");
        Sink.Arrives("b");
        Sink.OnFind(() => throw TestErrors.Lost, () => throw TestErrors.Refused);
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal(
            ["wait 1", "find a,b", "wait 0.75", "wait 1", "find a,b", "wait 1.5", "wait 1", "find a,b", "send a"],
            Journal
        );
    }

    [Fact]
    public async Task The_mirror_is_paused_while_the_other_side_may_not_be_read()
    {
        await _scene.RecordAsync(_scene.Restarted(), "a");
        MirrorState? meanwhile = null;
        Sink.OnFind(
            () => throw TestErrors.Forbidden,
            () =>
            {
                meanwhile = _scene.Mirror.Stored.State;
                return Sink.There();
            }
        );
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal(["wait 1", "find a", "wait 20", "wait 1", "find a", "send a"], Journal);
        Assert.Equal(MirrorState.Paused, meanwhile);
        Assert.Equal(MirrorState.Active, _scene.Mirror.Stored.State);
    }

    [Fact]
    public async Task After_an_unexpected_error_of_the_look_up_the_delivery_rests()
    {
        await _scene.RecordAsync(_scene.Restarted(), "a");
        Sink.OnFind(() => throw TestErrors.Unexpected);
        await _scene.Restarted().DrainAsync(Token).InTime();
        Assert.Equal(["wait 1", "find a", "wait 3.75", "wait 1", "find a", "send a"], Journal);
    }

    [Fact]
    public async Task A_pass_whose_look_up_fails_so_many_times_sends_nothing()
    {
        await _scene.RecordAsync(_scene.Restarted(), "a");
        Sink.OnFind(() => throw TestErrors.Busy, () => throw TestErrors.Busy);
        await Assert.ThrowsAsync<AttemptsExhaustedException>(() =>
            _scene.Restarted(maxAttempts: 2).DrainAsync(Token).InTime()
        );
        Assert.Empty(Sink.Sent);
        Assert.Equal(["a"], _scene.Waiting);
    }
}
