using MattermostXsoar.Core.Concurrency;
using Xunit;

namespace MattermostXsoar.Core.Tests.Concurrency;

public sealed class WorkSequenceTests
{
    private readonly WorkSequence _work = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Numbers_rise_from_one_and_work_is_open_until_the_newest_is_finished()
    {
        Assert.False(_work.HasUnfinished);
        Assert.Equal([1L, 2L], [_work.Next(), _work.Next()]);
        Assert.Equal((2, true), (_work.Newest, _work.HasUnfinished));
        _work.Finish(1);
        Assert.True(_work.HasUnfinished);
        _work.Finish(2);
        Assert.False(_work.HasUnfinished);
        Assert.Equal(3, _work.Next());
    }

    [Fact]
    public async Task Whoever_waits_is_woken_when_that_number_or_a_later_one_is_finished()
    {
        for (var i = 0; i < 3; i++)
            _work.Next();
        var waiting = Enumerable.Range(1, 3).Select(number => _work.WhenFinishedAsync(number, Token)).ToList();
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        _work.Finish(2);
        await waiting[0];
        await waiting[1];
        Assert.False(waiting[2].IsCompleted);
        _work.Finish(3);
        await waiting[2];
    }

    [Fact]
    public void What_is_finished_is_not_waited_for()
    {
        Assert.True(_work.WhenFinishedAsync(0, Token).IsCompletedSuccessfully);
        _work.Next();
        _work.Next();
        _work.Finish(2);
        Assert.True(_work.WhenFinishedAsync(1, Token).IsCompletedSuccessfully);
        Assert.True(_work.WhenFinishedAsync(2, new CancellationToken(canceled: true)).IsCompletedSuccessfully);
    }

    [Fact]
    public void Finishing_an_earlier_number_again_opens_nothing()
    {
        _work.Next();
        _work.Next();
        _work.Finish(2);
        _work.Finish(1);
        _work.Finish(2);
        Assert.False(_work.HasUnfinished);
        Assert.True(_work.WhenFinishedAsync(2, Token).IsCompletedSuccessfully);
    }

    /// <summary>Numbers may come from elsewhere: a delivery worker finishes the ids of the store's rows.</summary>
    [Fact]
    public async Task A_number_that_nobody_asked_for_can_be_finished_and_is_not_given_out_again()
    {
        var waiting = _work.WhenFinishedAsync(10, Token);
        _work.Finish(12);
        await waiting;
        Assert.Equal((12, false), (_work.Newest, _work.HasUnfinished));
        Assert.Equal(13, _work.Next());
    }

    [Fact]
    public async Task Who_gave_up_waiting_holds_up_nobody()
    {
        _work.Next();
        using var cut = new CancellationTokenSource();
        var gaveUp = _work.WhenFinishedAsync(1, cut.Token);
        var patient = _work.WhenFinishedAsync(1, Token);
        await cut.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        Assert.Equal(cut.Token, error.CancellationToken);
        Assert.False(patient.IsCompleted);
        _work.Finish(1);
        await patient;
    }

    [Fact]
    public async Task A_caller_that_does_not_wait_learns_whether_it_is_finished()
    {
        var waiting = _work.WhenFinishedAsync(_work.Next(), new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>Else the one that finishes, which holds up a mirror, would do the others' work.</summary>
    [Fact]
    public async Task Whoever_is_woken_goes_on_by_itself()
    {
        var number = _work.Next();
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = GoOnAsync();
        _work.Finish(number);
        finished.SetResult();
        await waiting;

        async Task GoOnAsync()
        {
            await _work.WhenFinishedAsync(number, Token).ConfigureAwait(false);
            // On the finisher's own stack this would never end.
            finished.Task.Wait(Token);
        }
    }
}
