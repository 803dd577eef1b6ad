using MattermostXsoar.Core.Concurrency;
using Xunit;

namespace MattermostXsoar.Core.Tests.Concurrency;

public sealed class WorkSequenceCancellationTests
{
    private readonly WorkSequence _work = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A mirror is asked again and again to finish what it cannot finish: the list must not grow.</summary>
    [Fact]
    public async Task A_waiter_that_is_cancelled_is_removed_and_the_others_stay()
    {
        var number = _work.Next();
        var patient = _work.WhenFinishedAsync(number, Token);
        for (var i = 0; i < 3; i++)
        {
            using var cut = new CancellationTokenSource();
            var waiting = _work.WhenFinishedAsync(number, cut.Token);
            Assert.Equal(2, _work.Waiting);
            await cut.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Equal(1, _work.Waiting);
        }

        Assert.False(patient.IsCompleted);
        _work.Finish(number);
        await patient;
        Assert.Equal(0, _work.Waiting);
    }

    [Fact]
    public async Task A_waiter_with_a_cancelled_token_is_not_kept()
    {
        var waiting = _work.WhenFinishedAsync(_work.Next(), new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _work.Waiting);
    }
}
