using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Xsoar.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class ClockSkewGuardTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new(TestEntries.Start);
    private readonly ClockSkewGuard _guard;

    public ClockSkewGuardTests() => _guard = new ClockSkewGuard(_time);

    [Fact]
    public void No_entry_moves_nothing() => Assert.Null(_guard.Newest([]));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void An_entry_may_be_a_little_ahead_of_this_machines_clock(int ticks, bool moves)
    {
        var lead = Tolerance + (ticks * Tick);
        Assert.Equal(moves ? Now(lead) : null, _guard.Newest([Ahead(lead)]));
    }

    [Fact]
    public void Of_one_reading_the_newest_entry_that_is_not_from_the_future_counts()
    {
        var minute = TimeSpan.FromMinutes(1);
        Assert.Equal(
            Now(-minute),
            _guard.Newest([Ahead(-2 * minute), Ahead(60 * minute), Ahead(-minute), Ahead(6 * minute)])
        );
    }

    [Theory]
    // Five readings, the first of them ten minutes ago.
    [InlineData(5, 600, true)]
    [InlineData(5, 599, false)]
    [InlineData(4, 600, false)]
    [InlineData(4, 3600, false)]
    public void A_lead_counts_once_it_has_lasted_for_ten_minutes_and_five_readings(
        int readings,
        int seconds,
        bool counts
    )
    {
        var lead = TimeSpan.FromMinutes(20);
        for (var reading = 1; reading < readings; reading++)
        {
            Assert.Null(_guard.Newest([Ahead(lead)]));
            if (reading < readings - 1)
                _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(seconds - (readings - 2)));
        Assert.Equal(counts ? Now(lead) : null, _guard.Newest([Ahead(lead)]));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void What_is_ahead_of_the_known_lead_by_more_than_a_little_does_not_count(int ticks, bool moves)
    {
        var lead = TimeSpan.FromMinutes(20);
        Learn(lead, readings: 5);
        var further = lead + Tolerance + (ticks * Tick);
        Assert.Equal(moves ? Now(further) : null, _guard.Newest([Ahead(further)]));
    }

    [Fact]
    public void The_smallest_lead_of_the_last_hour_is_the_servers_lead()
    {
        Learn(TimeSpan.FromMinutes(20), readings: 3);
        Learn(TimeSpan.FromMinutes(8), readings: 1);
        Learn(TimeSpan.FromMinutes(20), readings: 3);
        Assert.Null(_guard.Newest([Ahead(TimeSpan.FromMinutes(14))]));
        Assert.NotNull(_guard.Newest([Ahead(TimeSpan.FromMinutes(13))]));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void After_an_hour_a_smaller_lead_is_forgotten(int ticks, bool forgotten)
    {
        var lead = TimeSpan.FromMinutes(20);
        _guard.Newest([Ahead(TimeSpan.Zero)]);
        _time.Advance(TimeSpan.FromMinutes(40));
        for (var reading = 0; reading < 5; reading++)
            Assert.Null(_guard.Newest([Ahead(lead)]));
        _time.Advance(TimeSpan.FromMinutes(20) + (ticks * Tick));
        Assert.Equal(forgotten ? Now(lead) : null, _guard.Newest([Ahead(lead)]));
    }

    [Fact]
    public void Where_little_happens_the_last_five_readings_count_however_old_they_are()
    {
        var lead = TimeSpan.FromMinutes(20);
        for (var reading = 0; reading < 4; reading++)
        {
            Assert.Null(_guard.Newest([Ahead(lead)]));
            _time.Advance(TimeSpan.FromHours(3));
        }

        Assert.Equal(Now(lead), _guard.Newest([Ahead(lead)]));
    }

    [Fact]
    public void A_server_whose_clock_is_behind_is_never_waited_for()
    {
        var behind = TimeSpan.FromMinutes(-30);
        Learn(behind, readings: 20);
        Assert.Equal(Now(behind), _guard.Newest([Ahead(behind)]));
        // Its clock is set right.
        Assert.Equal(Now(Tolerance), _guard.Newest([Ahead(Tolerance)]));
    }

    [Fact]
    public void A_clock_that_jumped_ahead_and_was_set_back_moves_the_cursor_nowhere()
    {
        for (var minute = 0; minute < 15; minute++)
        {
            Assert.Equal(Now(TimeSpan.Zero), _guard.Newest([Ahead(TimeSpan.Zero)]));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        for (var minute = 0; minute < 30; minute++)
        {
            Assert.Null(_guard.Newest([Ahead(TimeSpan.FromHours(2))]));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(Now(TimeSpan.Zero), _guard.Newest([Ahead(TimeSpan.Zero)]));
    }

    [Fact]
    public void A_time_at_the_end_of_the_calendar_stops_nothing()
    {
        var last = TestEntries.At("1@1", DateTimeOffset.MaxValue);
        for (var reading = 1; reading <= 10; reading++)
        {
            var now = Ahead(TimeSpan.Zero);
            var newest = _guard.Newest([last, now]);
            // From the fifth on that server seems to have such a clock.
            Assert.Equal(reading < 5 ? now.Created : last.Created, newest);
            _time.Advance(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public void An_entry_without_a_time_shows_nothing_about_the_servers_clock()
    {
        var lead = TimeSpan.FromMinutes(20);
        Learn(lead, readings: 5);
        Assert.Equal(DateTimeOffset.MinValue, _guard.Newest([TestEntries.Timeless("2@1")]));
        Assert.Equal(Now(lead), _guard.Newest([Ahead(lead), TestEntries.Timeless("3@1")]));
    }

    private void Learn(TimeSpan lead, int readings)
    {
        for (var reading = 0; reading < readings; reading++)
        {
            _guard.Newest([Ahead(lead)]);
            _time.Advance(TimeSpan.FromMinutes(3));
        }
    }

    private DateTimeOffset? Now(TimeSpan lead) => _time.GetUtcNow() + lead;

    private XsoarEntry Ahead(TimeSpan lead) => TestEntries.At("1@1", _time.GetUtcNow() + lead);
}
