using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class PollWindowTests
{
    // How far back a reading goes that follows, that takes in what is late, and that looks for changes.
    private static readonly TimeSpan Follow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Deep = TimeSpan.FromDays(1);

    private static readonly TimeSpan WholeInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeepInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly SetClock _time = new();
    private readonly PollWindow _window;

    public PollWindowTests() => _window = New(new MirrorOptions());

    [Fact]
    public void The_first_reading_looks_for_everything_and_the_next_ones_follow()
    {
        Assert.Null(_window.DueIn);
        Assert.Equal((Deep, true, true), Read());
        Assert.Null(_window.DueIn);
        Assert.Equal((Follow, false, false), Read());
        Assert.Equal((Follow, false, false), Read());
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void While_something_happens_every_few_seconds_one_reading_takes_in_what_is_late(int ticks, bool isWhole)
    {
        Read();
        _time.Advance(WholeInterval + (ticks * Tick));
        Assert.Equal(isWhole ? (Whole, true, false) : (Follow, false, false), Read());
    }

    [Fact]
    public void After_the_last_change_what_is_late_is_taken_in_once_more()
    {
        Read();
        _time.Advance(TimeSpan.FromSeconds(4));
        Read();
        // Counted from the whole reading, not from the last one.
        Assert.Equal(TimeSpan.FromSeconds(6), _window.DueIn);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, _window.DueIn);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _window.DueIn);
        Assert.Equal((Whole, true, false), Read());
        Assert.Null(_window.DueIn);
    }

    [Fact]
    public void A_change_that_was_not_found_is_looked_for_when_the_last_look_is_long_enough_ago()
    {
        Read();
        _window.ScheduleDeep();
        Assert.Equal(DeepInterval, _window.DueIn);
        Assert.Equal(Follow, Read().Back);
        _time.Advance(DeepInterval - Tick);
        Assert.Equal(TimeSpan.Zero, _window.DueIn);
        Assert.Equal((Whole, true, false), Read());
        Assert.Equal(Tick, _window.DueIn);
        _time.Advance(Tick);
        Assert.Equal(TimeSpan.Zero, _window.DueIn);
        Assert.Equal((Deep, true, true), Read());
        Assert.Null(_window.DueIn);
    }

    [Fact]
    public void Of_two_readings_that_are_due_the_earlier_one_counts()
    {
        Read();
        _time.Advance(DeepInterval - TimeSpan.FromSeconds(4));
        _window.RequestWhole();
        Read();
        _window.ScheduleDeep();
        Assert.Equal(TimeSpan.FromSeconds(4), _window.DueIn);
        // Now the whole one is due later than the deep one.
        Assert.Equal(Follow, Read().Back);
        Assert.Equal(TimeSpan.FromSeconds(4), _window.DueIn);

        _time.Advance(TimeSpan.FromSeconds(4));
        Read();
        Read();
        _window.ScheduleDeep();
        Assert.Equal(WholeInterval, _window.DueIn);
    }

    [Fact]
    public void What_was_asked_for_is_done_at_once_and_once()
    {
        Read();
        _window.RequestWhole();
        Assert.Equal((Whole, true, false), Read());
        Assert.Equal((Follow, false, false), Read());
        _window.RequestDeep();
        _window.RequestDeep();
        Assert.Equal((Deep, true, true), Read());
        Assert.Equal((Follow, false, false), Read());
    }

    [Fact]
    public void What_is_asked_for_during_a_reading_is_for_the_next_one()
    {
        Read();
        _window.Begin();
        _window.RequestDeep();
        _window.Done();
        Assert.Equal((Deep, true, true), Read());
    }

    [Fact]
    public void A_failed_reading_is_made_up_for_by_one_of_the_same_kind()
    {
        _window.Begin();
        _window.Failed();
        Assert.Equal((Deep, true, true), Read());

        _time.Advance(WholeInterval);
        Assert.Equal(Whole, _window.Begin());
        _window.Failed();
        Assert.Equal((Whole, true, false), Read());

        Assert.Equal(Follow, _window.Begin());
        _window.Failed();
        Assert.Equal((Follow, false, false), Read());

        // The look for a change that was not found is still due after it failed.
        _window.ScheduleDeep();
        _time.Advance(DeepInterval);
        Assert.Equal(Deep, _window.Begin());
        _window.Failed();
        Assert.Equal((Deep, true, true), Read());
        Assert.Null(_window.DueIn);
    }

    [Fact]
    public void A_deep_reading_counts_as_a_whole_one()
    {
        Read();
        _time.Advance(WholeInterval - Tick);
        _window.RequestDeep();
        Read();
        _time.Advance(WholeInterval - Tick);
        Assert.Equal((Follow, false, false), Read());
    }

    [Fact]
    public void Setting_the_machines_clock_makes_no_reading_due_and_puts_none_off()
    {
        Read();
        Read();
        _window.ScheduleDeep();
        _time.Skew = TimeSpan.FromDays(30);
        Assert.Equal(WholeInterval, _window.DueIn);
        Assert.Equal(Follow, Read().Back);
        _time.Skew = TimeSpan.FromDays(-30);
        Assert.Equal(WholeInterval, _window.DueIn);
        _time.Advance(WholeInterval);
        Assert.Equal(Whole, Read().Back);
    }

    [Fact]
    public void Where_following_goes_as_far_back_as_late_entries_every_reading_is_a_whole_one()
    {
        var window = New(new MirrorOptions { FollowOverlap = Whole + Tick });
        Read(window);
        Assert.Equal((Whole, true, false), Read(window));
        Assert.Null(window.DueIn);
        // At equality a reading that follows goes as far back, but is none.
        window = New(new MirrorOptions { FollowOverlap = Whole });
        Read(window);
        Assert.Equal((Whole, false, false), Read(window));
    }

    [Fact]
    public void A_look_for_changes_never_goes_less_far_back_than_late_entries() =>
        Assert.Equal((Whole, true, true), Read(New(new MirrorOptions { EditWindow = TimeSpan.FromMinutes(1) })));

    private PollWindow New(MirrorOptions options) => new(options, _time);

    private (TimeSpan Back, bool IsWhole, bool IsDeep) Read() => Read(_window);

    private static (TimeSpan Back, bool IsWhole, bool IsDeep) Read(PollWindow window)
    {
        var back = window.Begin();
        var kind = (back, window.IsWhole, window.IsDeep);
        window.Done();
        return kind;
    }

    /// <summary>A machine's clock that somebody sets; what it measures runs on.</summary>
    private sealed class SetClock : FakeTimeProvider
    {
        public TimeSpan Skew { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skew;

        // The base takes it from GetUtcNow.
        public override long GetTimestamp() => base.GetTimestamp() - Skew.Ticks;
    }
}
