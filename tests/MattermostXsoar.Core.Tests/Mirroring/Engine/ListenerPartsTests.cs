using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Engine;

/// <summary>What the listener runs beside the mirrors: how it is run, and what it gets of the events.</summary>
public sealed class ListenerPartsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly MirrorRuntime _runtime = new()
    {
        Time = TimeProvider.System,
        Random = () => 0.5,
        Options = new MirrorOptions { FirstRestart = TimeSpan.FromMilliseconds(1) },
    };

    private readonly List<ListenerLogRecord> _log = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ListenerPartsTests() =>
        _runtime.Log.Subscribe(record =>
        {
            lock (_log)
                _log.Add(record);
        });

    [Fact]
    public async Task Each_event_reaches_the_mirrors_and_then_each_part()
    {
        var order = new List<string>();
        var parts = Parts(
            new RecordingPart { On = realtimeEvent => order.Add("first " + realtimeEvent.Event) },
            new RecordingPart { On = realtimeEvent => order.Add("second " + realtimeEvent.Event) }
        );
        var sink = parts.SinkAfter(new RecordingSink(order));

        await sink.OnEventAsync(new RealtimeEvent { Event = "posted" }, Token);

        Assert.Equal(["mirrors posted", "first posted", "second posted"], order);
    }

    [Fact]
    public async Task A_gap_and_a_resume_tell_each_part_that_events_may_be_missing()
    {
        var part = new RecordingPart();
        var sink = Parts(part).SinkAfter(new RecordingSink([]));

        await sink.OnGapAsync("new", Token);
        sink.OnResumed();
        Assert.Equal(["gap"], part.Told);

        sink.OnResumeDone();
        Assert.Equal(["gap", "gap"], part.Told);
    }

    [Fact]
    public void A_part_that_cannot_take_an_event_has_missed_it_and_the_others_have_not()
    {
        var broken = new RecordingPart { On = _ => throw new InvalidOperationException("not foreseen") };
        var other = new RecordingPart();

        Parts(broken, other).OnEvent(new RealtimeEvent { Event = "posted" });

        Assert.Equal(["posted", "gap"], broken.Told);
        Assert.Equal(["posted"], other.Told);
        Assert.Contains("not foreseen", Assert.Single(_log).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_fails_runs_again_and_the_others_go_on()
    {
        using var stopping = new CancellationTokenSource(Deadline);
        var again = new TaskCompletionSource();
        var failing = new RecordingPart
        {
            Run = (run, token) =>
            {
                if (run < 3)
                    throw new InvalidOperationException("not foreseen");
                again.SetResult();
                return RecordingPart.UntilAsync(token);
            },
        };
        var other = new RecordingPart();

        var running = Parts(failing, other).RunAsync(stopping.Token);
        await again.Task.WaitAsync(stopping.Token);

        Assert.Equal(3, failing.Runs);
        Assert.Equal(1, other.Runs);
        Assert.False(running.IsCompleted);
        lock (_log)
            Assert.Equal(2, _log.Count(record => record.Event == ListenerLogEvents.UnexpectedError));

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await other.Ended.WaitAsync(Deadline, Token);
    }

    [Fact]
    public async Task No_parts_do_not_end_the_listener()
    {
        using var stopping = new CancellationTokenSource(Deadline);

        var running = Parts().RunAsync(stopping.Token);

        Assert.False(running.IsCompleted);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_part_that_is_done_does_not_end_the_listener()
    {
        using var stopping = new CancellationTokenSource(Deadline);
        var done = new TaskCompletionSource();
        var part = new RecordingPart
        {
            Run = (_, _) =>
            {
                done.SetResult();
                return Task.CompletedTask;
            },
        };

        var running = Parts(part).RunAsync(stopping.Token);
        await done.Task.WaitAsync(Deadline, Token);

        Assert.False(running.IsCompleted);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, part.Runs);
    }

    [Fact]
    public async Task A_listener_without_mirrors_runs_its_parts_and_ends_them()
    {
        var posted = new TaskCompletionSource();
        var part = new RecordingPart
        {
            On = realtimeEvent =>
            {
                if (realtimeEvent.Post?.Message == "hello")
                    posted.TrySetResult();
            },
        };
        await using var harness = await MirrorHarness.StartAsync();
        harness.ListenerParts = [_ => part];
        var service = await harness.NewServiceAsync();
        harness.Sandbox.Mattermost.AddMember("town-square", harness.Sandbox.Options.Seed.Bot);
        await service.Listener.StartAsync(harness.Token);
        await service.Listener.WaitAsync(ListenerState.Connected, harness.Token);

        harness.Sandbox.Mattermost.Post("user1", "town-square", "hello");
        await posted.Task.WaitAsync(harness.Token);
        await service.Listener.StopAsync();

        Assert.True(part.Told.TryPeek(out var first) && first == "gap", string.Join(", ", part.Told));
        await part.Ended.WaitAsync(harness.Token);
    }

    private ListenerParts Parts(params IListenerPart[] parts) =>
        new(
            new MirrorContext
            {
                Mattermost = null!,
                Xsoar = null!,
                Directory = null!,
                Store = null!,
                Runtime = _runtime,
            },
            parts.Select(part => (Func<MirrorContext, IListenerPart>)(_ => part)).ToList()
        );
}
