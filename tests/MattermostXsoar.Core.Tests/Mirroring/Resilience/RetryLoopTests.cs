using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Resilience;

public sealed class RetryLoopTests
{
    private static readonly MirrorOptions Options = new()
    {
        FirstRetry = TimeSpan.FromSeconds(1),
        LongestRetry = TimeSpan.FromSeconds(8),
        FirstRestart = TimeSpan.FromSeconds(10),
        LongestRestart = TimeSpan.FromSeconds(40),
        PausedRetry = TimeSpan.FromSeconds(20),
        SettleTime = TimeSpan.FromSeconds(3),
    };

    private readonly WaitingTime _time = new(TestMirror.Start);
    private readonly Reporter _reporter = new();
    private readonly CancellationTokenSource _stopping = new();

    [Theory]
    [InlineData(0.0, new[] { 0.5, 1, 2, 4, 4, 4 })]
    [InlineData(0.5, new[] { 0.75, 1.5, 3, 6, 6, 6 })]
    public async Task Waits_double_up_to_the_longest_with_jitter_from_the_given_source(double random, double[] expected)
    {
        var failures = expected.Select(_ => TestErrors.Busy);
        Assert.Equal(expected, await WaitsAsync(Loop(() => random), [.. failures]));
    }

    [Fact]
    public async Task Each_wait_has_a_jitter_of_its_own()
    {
        var numbers = new Queue<double>([0, 0.5, 0]);
        var waits = await WaitsAsync(Loop(numbers.Dequeue), TestErrors.Busy, TestErrors.Busy, TestErrors.Busy);
        Assert.Equal([0.5, 1.5, 2], waits);
    }

    [Fact]
    public async Task No_try_is_made_before_the_wait_is_over()
    {
        var tries = 0;
        var running = Loop().RunAsync(() => ++tries == 1 ? throw TestErrors.Busy : Task.CompletedTask, _stopping.Token);
        var wait = await _time.NextWaitAsync(_stopping.Token).InTime();
        _time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, tries);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await running.InTime();
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task Where_something_outside_has_to_change_the_wait_does_not_grow()
    {
        var waits = await WaitsAsync(Loop(), TestErrors.Forbidden, TestErrors.Forbidden, TestErrors.Closed);
        Assert.Equal([20, 20, 20], waits);
    }

    [Fact]
    public async Task The_waits_after_other_errors_go_on_growing_where_they_were_before_a_pause()
    {
        var waits = await WaitsAsync(Loop(), TestErrors.Busy, TestErrors.Forbidden, TestErrors.Busy);
        Assert.Equal([0.5, 20, 1], waits);
    }

    [Fact]
    public async Task A_call_that_may_still_take_effect_is_given_the_settle_time_at_least()
    {
        var waits = await WaitsAsync(Loop(), TestErrors.Lost, TestErrors.Lost, TestErrors.Lost, TestErrors.Lost);
        Assert.Equal([3, 3, 3, 4], waits);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0.2, 0.5)]
    [InlineData(60, 60)]
    [InlineData(61, 60)]
    [InlineData(3600, 60)]
    public async Task The_server_is_left_alone_as_long_as_it_asks_but_not_for_hours(double asked, double expected) =>
        Assert.Equal([expected], await WaitsAsync(Loop(), TestErrors.BusyFor(TimeSpan.FromSeconds(asked))));

    [Theory]
    [InlineData(30, 30)]
    [InlineData(5, 20)]
    public async Task A_paused_part_leaves_the_server_alone_as_long_as_it_asks_too(double asked, double expected) =>
        Assert.Equal([expected], await WaitsAsync(Loop(), TestErrors.ForbiddenFor(TimeSpan.FromSeconds(asked))));

    [Fact]
    public async Task After_an_unexpected_error_the_part_rests_at_growing_intervals_of_their_own()
    {
        var unexpected = TestErrors.Unexpected;
        Assert.Equal([5, 10, 20, 20], await WaitsAsync(Loop(), unexpected, unexpected, unexpected, unexpected));
        Assert.Equal(
            [0.5, 5, 1, 10],
            await WaitsAsync(Loop(), TestErrors.Busy, unexpected, TestErrors.Busy, unexpected)
        );
    }

    [Fact]
    public async Task After_a_success_the_next_failure_counts_as_the_first()
    {
        var loop = Loop();
        Assert.Equal([0.5, 1, 5], await WaitsAsync(loop, TestErrors.Busy, TestErrors.Busy, TestErrors.Unexpected));
        Assert.Equal(0, loop.Failures);
        Assert.Equal([0.5, 5], await WaitsAsync(loop, TestErrors.Busy, TestErrors.Unexpected));
    }

    [Fact]
    public async Task A_success_is_reported_only_after_failures()
    {
        var loop = Loop();
        await WaitsAsync(loop);
        Assert.Empty(_reporter.Reports);
        await WaitsAsync(loop, TestErrors.Busy, TestErrors.Forbidden);
        await WaitsAsync(loop);
        Assert.Equal(["Retry", "Pause", "succeeded"], _reporter.Reports);
    }

    [Fact]
    public async Task Where_the_tries_report_their_results_themselves_only_failures_are_reported()
    {
        var loop = new RetryLoop(Runtime(() => 0), _reporter, reportsSuccess: false);
        await WaitsAsync(loop, TestErrors.Busy);
        Assert.Equal(["Retry"], _reporter.Reports);
        Assert.Equal(0, loop.Failures);
    }

    [Fact]
    public async Task A_try_that_the_caller_makes_itself_counts_and_is_reported_in_the_same_way()
    {
        var loop = Loop();
        for (var expected = 1; expected <= 2; expected++)
        {
            var waiting = loop.WaitAsync(FailureAction.Retry, TestErrors.Busy, _stopping.Token);
            var wait = await _time.NextWaitAsync(_stopping.Token).InTime();
            Assert.Equal(0.5 * expected, wait.TotalSeconds);
            _time.Advance(wait);
            await waiting.InTime();
            Assert.Equal(expected, loop.Failures);
        }

        await loop.SucceededAsync();
        await loop.SucceededAsync();
        Assert.Equal(0, loop.Failures);
        Assert.Equal(["Retry", "Retry", "succeeded", "succeeded"], _reporter.Reports);
    }

    [Fact]
    public async Task After_the_most_tries_that_are_allowed_it_gives_up_with_the_last_error()
    {
        var last = TestErrors.Busy;
        var failures = new Queue<Exception>([TestErrors.Busy, TestErrors.Unexpected, last]);
        var running = Loop(maxAttempts: 3).RunAsync(() => throw failures.Dequeue(), _stopping.Token);
        for (var wait = 0; wait < 2; wait++)
            _time.Advance(await _time.NextWaitAsync(_stopping.Token).InTime());
        var error = await Assert.ThrowsAsync<AttemptsExhaustedException>(() => running.InTime());
        Assert.Same(last, error.InnerException);
        Assert.Empty(failures);
        Assert.Equal(["Retry", "Restart", "Retry"], _reporter.Reports);
    }

    [Fact]
    public async Task The_tries_that_are_allowed_count_from_the_beginning_after_a_success()
    {
        var loop = Loop(maxAttempts: 3);
        await WaitsAsync(loop, TestErrors.Busy, TestErrors.Busy);
        await WaitsAsync(loop, TestErrors.Busy, TestErrors.Busy);
    }

    [Fact]
    public async Task Where_something_outside_has_to_change_a_limited_loop_gives_up_at_once()
    {
        foreach (var failure in new[] { TestErrors.Forbidden, TestErrors.Closed })
        {
            var tries = 0;
            await Assert.ThrowsAsync<AttemptsExhaustedException>(() =>
                Loop(maxAttempts: 3)
                    .RunAsync(() => ++tries > 0 ? throw failure : Task.CompletedTask, _stopping.Token)
                    .InTime()
            );
            Assert.Equal(1, tries);
        }

        Assert.Equal(["Pause", "Close"], _reporter.Reports);
    }

    [Fact]
    public async Task A_stop_during_a_wait_ends_it_and_no_further_try_is_made()
    {
        var tries = 0;
        var running = Loop().RunAsync(() => ++tries > 0 ? throw TestErrors.Busy : Task.CompletedTask, _stopping.Token);
        await _time.NextWaitAsync(CancellationToken.None).InTime();
        await _stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, tries);
        Assert.Equal(["Retry"], _reporter.Reports);
    }

    [Fact]
    public async Task A_try_that_ends_because_of_the_stop_is_no_failure()
    {
        var running = Loop()
            .RunAsync(
                async () =>
                {
                    await _stopping.CancelAsync();
                    _stopping.Token.ThrowIfCancellationRequested();
                },
                _stopping.Token
            );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        Assert.Empty(_reporter.Reports);
    }

    [Fact]
    public async Task A_try_that_is_cancelled_although_nobody_asked_for_the_stop_is_an_unexpected_failure()
    {
        Assert.Equal([5], await WaitsAsync(Loop(), new OperationCanceledException("Some other token.")));
        Assert.Equal(["Restart", "succeeded"], _reporter.Reports);
    }

    [Fact]
    public async Task An_error_during_the_stop_is_reported_and_no_further_try_is_made()
    {
        var tries = 0;
        var running = Loop()
            .RunAsync(
                async () =>
                {
                    tries++;
                    await _stopping.CancelAsync();
                    throw TestErrors.Busy;
                },
                _stopping.Token
            );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        Assert.Equal(1, tries);
        Assert.Equal(["Retry"], _reporter.Reports);
    }

    [Fact]
    public async Task The_caller_may_judge_failures_itself_and_is_notified_of_each_wait_before_it_begins()
    {
        var failure = TestErrors.Busy;
        var notified = new List<(FailureAction, Exception, TimeSpan)>();
        var tries = 0;
        var running = Loop()
            .RunAsync(
                () => ++tries == 1 ? throw failure : Task.FromResult("done"),
                _stopping.Token,
                _ => FailureAction.Pause,
                (action, exception, wait) => notified.Add((action, exception, wait))
            );
        _time.Advance(await _time.NextWaitAsync(_stopping.Token).InTime());
        Assert.Equal("done", await running.InTime());
        Assert.Equal([(FailureAction.Pause, failure, TimeSpan.FromSeconds(20))], notified);
    }

    [Fact]
    public async Task What_is_repeated_for_ever_is_done_at_the_interval_and_sooner_after_a_failure()
    {
        var outcomes = new Queue<Exception?>([null, TestErrors.Busy, null, null]);
        var running = Loop()
            .RepeatAsync(
                () => outcomes.Dequeue() is { } failure ? throw failure : Task.CompletedTask,
                TimeSpan.FromMinutes(1),
                _stopping.Token
            );
        var waits = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            var wait = await _time.NextWaitAsync(CancellationToken.None).InTime();
            waits.Add(wait.TotalSeconds);
            if (i < 3)
                _time.Advance(wait);
        }

        await _stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        Assert.Equal([60, 0.5, 60, 60], waits);
        Assert.Empty(outcomes);
    }

    // The waits of a loop whose tries fail with these errors and then succeed, in seconds.
    private async Task<List<double>> WaitsAsync(RetryLoop loop, params Exception[] failures)
    {
        var left = new Queue<Exception>(failures);
        var running = loop.RunAsync(
            () => left.TryDequeue(out var failure) ? throw failure : Task.CompletedTask,
            _stopping.Token
        );
        var waits = new List<double>();
        while (waits.Count < failures.Length)
        {
            var wait = await _time.NextWaitAsync(_stopping.Token).InTime();
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
        }

        await running.InTime();
        return waits;
    }

    private RetryLoop Loop(Func<double>? random = null, int? maxAttempts = null) =>
        new(Runtime(random ?? (() => 0)), _reporter, maxAttempts);

    private MirrorRuntime Runtime(Func<double> random) =>
        new()
        {
            Time = _time,
            Random = random,
            Options = Options,
        };

    private sealed class Reporter : IRetryReporter
    {
        public List<string> Reports { get; } = [];

        public Task SucceededAsync()
        {
            Reports.Add("succeeded");
            return Task.CompletedTask;
        }

        public Task FailedAsync(FailureAction action, Exception exception)
        {
            Reports.Add(action.ToString());
            return Task.CompletedTask;
        }
    }
}
