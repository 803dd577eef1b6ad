using MattermostXsoar.Core.Concurrency;
using Xunit;

namespace MattermostXsoar.Core.Tests.Concurrency;

public sealed class AsyncSignalTests
{
    private readonly AsyncSignal _signal = new();

    [Fact]
    public async Task A_signal_that_was_set_before_somebody_waits_is_not_lost()
    {
        _signal.Set();
        var waiting = _signal.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(waiting.IsCompletedSuccessfully);
        await waiting;
    }

    [Fact]
    public async Task Set_many_times_it_wakes_once()
    {
        for (var i = 0; i < 10; i++)
            _signal.Set();
        await _signal.WaitAsync(TestContext.Current.CancellationToken);
        var second = _signal.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        _signal.Set();
        await second;
    }

    [Fact]
    public async Task It_wakes_one_that_waits()
    {
        var waiting = _signal.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        _signal.Set();
        await waiting;
        Assert.False(_signal.WaitAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task A_wait_that_was_cancelled_takes_no_signal()
    {
        using var cut = new CancellationTokenSource();
        var waiting = _signal.WaitAsync(cut.Token);
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _signal.Set();
        Assert.True(_signal.WaitAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Set_by_many_at_once_it_stays_one_signal()
    {
        for (var round = 0; round < 200; round++)
        {
            Parallel.For(0, 8, _ => _signal.Set());
            await _signal.WaitAsync(TestContext.Current.CancellationToken);
            using var cut = new CancellationTokenSource();
            var second = _signal.WaitAsync(cut.Token);
            Assert.False(second.IsCompleted);
            await cut.CancelAsync();
        }
    }
}
