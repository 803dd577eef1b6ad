using MattermostXsoar.Core.Concurrency;
using Xunit;

namespace MattermostXsoar.Core.Tests.Concurrency;

public sealed class ConcurrencyLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_are_let_in_and_the_next_one_when_one_has_left()
    {
        var limit = new ConcurrencyLimit(2);
        var first = await limit.EnterAsync(Token);
        using var second = await limit.EnterAsync(Token);
        var third = limit.EnterAsync(Token);
        var fourth = limit.EnterAsync(Token);
        Assert.Equal((false, false), (third.IsCompleted, fourth.IsCompleted));
        first.Dispose();
        (await third).Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task A_turn_that_is_given_on_twice_lets_in_one()
    {
        var limit = new ConcurrencyLimit(1);
        var first = await limit.EnterAsync(Token);
        first.Dispose();
        first.Dispose();
        using var second = await limit.EnterAsync(Token);
        Assert.False(limit.EnterAsync(Token).IsCompleted);
    }

    [Fact]
    public async Task Who_gave_up_waiting_takes_no_turn()
    {
        var limit = new ConcurrencyLimit(1);
        var first = await limit.EnterAsync(Token);
        using var cut = new CancellationTokenSource();
        var gaveUp = limit.EnterAsync(cut.Token);
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        first.Dispose();
        var next = limit.EnterAsync(Token);
        Assert.True(next.IsCompletedSuccessfully);
        (await next).Dispose();
    }
}
