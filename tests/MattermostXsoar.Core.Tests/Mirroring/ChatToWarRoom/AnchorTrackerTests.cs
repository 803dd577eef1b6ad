using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

/// <summary>Posts are called by the second in which they were written; the overlap is a minute.</summary>
public sealed class AnchorTrackerTests
{
    private const long Start = 1_700_000_000_000;
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    [Fact]
    public void Before_anything_was_seen_the_anchor_is_the_one_that_was_known()
    {
        var tracker = new AnchorTracker("known", Start, Overlap);
        Assert.Equal(("known", Start, Start), (tracker.AnchorId, tracker.AnchorAt, tracker.NewestAt));
    }

    [Theory]
    [InlineData(59.999, "known")]
    [InlineData(60, "0")]
    [InlineData(60.001, "0")]
    [InlineData(3600, "0")]
    public void The_anchor_lies_the_overlap_behind_the_newest_post(double newest, string anchor)
    {
        var tracker = Known();
        Observe(tracker, 0, newest);
        Assert.Equal(anchor, tracker.AnchorId);
        Assert.Equal(At(newest), tracker.NewestAt);
        Assert.Equal(anchor == "0" ? At(0) : At(-1000), tracker.AnchorAt);
    }

    [Fact]
    public void It_is_the_newest_of_those_that_lie_so_far_behind()
    {
        var tracker = Known();
        Observe(tracker, 0, 10, 20, 30, 80);
        Assert.Equal("20", tracker.AnchorId);
        Observe(tracker, 90);
        Assert.Equal("30", tracker.AnchorId);
    }

    [Fact]
    public void A_first_post_may_be_the_anchor_of_a_channel_that_had_none()
    {
        var tracker = new AnchorTracker(null, 0, Overlap);
        Observe(tracker, 0);
        Assert.Null(tracker.AnchorId);
        Observe(tracker, 60);
        Assert.Equal(("0", At(0)), (tracker.AnchorId, tracker.AnchorAt));
    }

    /// <summary>Where a mirror began with an empty channel its time is known, but no post.</summary>
    [Fact]
    public void Where_only_a_time_was_known_an_older_post_may_be_the_anchor()
    {
        var tracker = new AnchorTracker(null, At(100), Overlap);
        Observe(tracker, 0);
        Assert.Equal(("0", At(0)), (tracker.AnchorId, tracker.AnchorAt));
    }

    [Fact]
    public void Posts_that_come_again_or_out_of_order_never_take_the_anchor_back()
    {
        var tracker = Known();
        Observe(tracker, 0, 10, 80);
        Assert.Equal("10", tracker.AnchorId);
        Observe(tracker, 0, 5, 10, 80);
        Assert.Equal(("10", At(80)), (tracker.AnchorId, tracker.NewestAt));
    }

    /// <summary>An earlier anchor only costs a longer reading; one of this crowd would leave out what is published
    /// late.</summary>
    [Fact]
    public void A_burst_leaves_one_candidate_a_second()
    {
        var tracker = Known();
        for (var i = 0; i < 5000; i++)
            Observe(tracker, i / 1000.0);
        Observe(tracker, 62.9);
        Assert.Equal("2", tracker.AnchorId);
        Observe(tracker, 63);
        Assert.Equal("3", tracker.AnchorId);
    }

    [Theory]
    [InlineData(0.999, "0")]
    [InlineData(1, "1")]
    public void A_post_a_second_after_the_last_candidate_is_the_next_one(double second, string anchor)
    {
        var tracker = Known();
        Observe(tracker, 0, second, 100);
        Assert.Equal(anchor, tracker.AnchorId);
    }

    [Fact]
    public void After_the_servers_clock_was_set_back_the_anchor_stays_until_the_clock_has_passed_it()
    {
        var tracker = Known();
        // An hour ahead, then right again.
        Observe(tracker, 0, 3600, 1, 2, 600);
        Assert.Equal(("0", At(3600)), (tracker.AnchorId, tracker.NewestAt));
        Observe(tracker, 3660);
        Assert.Equal("3600", tracker.AnchorId);
    }

    [Fact]
    public void Without_an_overlap_the_anchor_is_the_newest_candidate()
    {
        var tracker = new AnchorTracker("known", At(-1000), TimeSpan.Zero);
        Observe(tracker, 0);
        Assert.Equal("0", tracker.AnchorId);
    }

    private static AnchorTracker Known() => new("known", At(-1000), Overlap);

    private static long At(double seconds) => Start + (long)(seconds * 1000);

    private static void Observe(AnchorTracker tracker, params double[] seconds)
    {
        foreach (var second in seconds)
            tracker.Observe(FormattableString.Invariant($"{second}"), At(second));
    }
}
