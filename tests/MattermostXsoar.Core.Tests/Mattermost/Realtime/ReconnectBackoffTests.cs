using MattermostXsoar.Core.Mattermost.Realtime;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

public sealed class ReconnectBackoffTests
{
    private static readonly RealtimeOptions Options = new();

    [Theory]
    [InlineData(0.0, new[] { 100, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000 })]
    [InlineData(0.999999, new[] { 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 })]
    public void Waits_a_moment_then_twice_as_long_up_to_half_a_minute(double chance, int[] milliseconds)
    {
        var backoff = new ReconnectBackoff(Options, () => chance);
        Assert.Equal(milliseconds, milliseconds.Select(_ => (int)Math.Round(backoff.Next().TotalMilliseconds)));
    }

    [Fact]
    public void Never_ends_and_never_overflows()
    {
        var backoff = new ReconnectBackoff(Options, () => 0.5);
        for (var failure = 0; failure < 10_000; failure++)
            Assert.InRange(backoff.Next(), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Starts_over_after_a_good_connection()
    {
        var backoff = new ReconnectBackoff(Options, () => 0);
        backoff.Next();
        backoff.Next();
        backoff.Reset();
        Assert.Equal(TimeSpan.FromMilliseconds(100), backoff.Next());
    }

    [Fact]
    public void Obeys_the_server_when_it_asks_for_longer_but_not_for_ever()
    {
        var backoff = new ReconnectBackoff(Options, () => 0);
        Assert.Equal(TimeSpan.FromSeconds(3), backoff.Next(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromMilliseconds(500), backoff.Next(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(60), backoff.Next(TimeSpan.FromDays(1)));
    }
}
