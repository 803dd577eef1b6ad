using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mirroring;
using Xunit;

namespace MattermostXsoar.Core.Tests.Concurrency;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(0.0, new[] { 125, 250, 500, 1000, 2000, 4000, 7500, 7500 })]
    [InlineData(0.5, new[] { 188, 375, 750, 1500, 3000, 6000, 11250, 11250 })]
    [InlineData(0.999999, new[] { 250, 500, 1000, 2000, 4000, 8000, 15000, 15000 })]
    public void Each_wait_is_between_half_and_all_of_a_bound_that_doubles(double chance, int[] milliseconds)
    {
        var backoff = new Backoff(First, Longest, () => chance);
        Assert.Equal(milliseconds, milliseconds.Select(_ => (int)Math.Round(backoff.Next().TotalMilliseconds)));
    }

    [Fact]
    public void It_never_overflows()
    {
        var backoff = new Backoff(First, TimeSpan.FromDays(10_000), () => 0.999999);
        for (var i = 0; i < 10_000; i++)
            Assert.InRange(backoff.Next(), First / 2, First * 65536);
    }

    [Fact]
    public void It_starts_over_after_a_success()
    {
        var backoff = new Backoff(First, Longest, () => 0);
        for (var i = 0; i < 5; i++)
            backoff.Next();
        backoff.Reset();
        Assert.Equal([First / 2, First], [backoff.Next(), backoff.Next()]);
    }

    [Fact]
    public void The_longest_wait_holds_for_the_first_one_as_well() =>
        Assert.Equal(Longest / 2, new Backoff(Longest * 4, Longest, () => 0).Next());
}
