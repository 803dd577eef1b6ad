using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;
using static MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat.TestEntries;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

/// <summary>Ids that are numbers are written <c>N@1</c>, others <c>xN@1</c>; entries come sorted by their times, as a
/// reading gives them.</summary>
public sealed class EntryOrderingTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public void Nothing_stays_nothing() => Assert.Empty(Order([], cursor: 0));

    [Fact]
    public void While_the_clock_runs_forwards_times_decide_and_not_the_numbers()
    {
        // Number 3 appears late.
        var entries = new[] { At("1@1", 0), At("3@1", 1), At("2@1", 1.5), At("4@1", 4) };
        Assert.Equal(Ids(entries), Ids(Order(entries, cursor: 0)));
    }

    [Fact]
    public void Of_the_same_instant_numbers_decide_and_for_random_ids_the_servers_order()
    {
        Assert.Equal(["9@1", "10@1", "11@1"], Ids(Order([At("11@1", 4), At("9@1", 4), At("10@1", 4)], cursor: 0)));
        Assert.Equal(["x2@1", "x1@1"], Ids(Order([At("x2@1", 4), At("x1@1", 4)], cursor: 0)));
    }

    [Theory]
    // Just one second back: it merely appears late.
    [InlineData(1.0, false)]
    [InlineData(1.001, true)]
    [InlineData(3600, true)]
    public void Once_the_clock_was_set_back_numbers_decide(double back, bool byNumber)
    {
        var (before, after) = (At("1@1", 5000), At("2@1", 5000 - back));
        Assert.Equal(byNumber ? ["1@1", "2@1"] : ["2@1", "1@1"], Ids(Order([after, before], cursor: 0)));
    }

    [Fact]
    public void The_clock_set_back_slowly_over_several_entries_is_noticed_as_well()
    {
        // No step is longer than a second, but the last lies more than that behind the newest.
        var entries = new[] { At("3@1", 98.8), At("2@1", 99.4), At("1@1", 100) };
        Assert.Equal(["1@1", "2@1", "3@1"], Ids(Order(entries, cursor: 0)));
    }

    [Fact]
    public void Numbers_are_compared_as_numbers()
    {
        var entries = new[] { At("10@1", 0), At("9@1", 60) };
        Assert.Equal(["9@1", "10@1"], Ids(Order(entries, cursor: 60)));
    }

    [Fact]
    public void An_entry_without_a_time_is_no_sign_of_a_clock_that_was_set_back()
    {
        var entries = new[] { Timeless("3@1"), At("1@1", 0), At("2@1", 1) };
        Assert.Equal(Ids(entries), Ids(Order(entries, cursor: 0)));
    }

    [Fact]
    public void Where_numbers_decide_an_entry_without_a_time_has_its_place_by_its_number()
    {
        var entries = new[] { Timeless("2@1"), At("3@1", 0), At("1@1", 60) };
        Assert.Equal(["1@1", "2@1", "3@1"], Ids(Order(entries, cursor: 60)));
    }

    [Theory]
    [InlineData("x2@1")]
    [InlineData("@1")]
    [InlineData("2")]
    [InlineData("")]
    [InlineData("-2@1")]
    [InlineData("2a@1")]
    [InlineData("\u0662@1")]
    // Longer than a number that fits.
    [InlineData("2222222222222222222@1")]
    public void With_one_id_that_is_no_number_none_decides(string id)
    {
        // By their numbers these would change places.
        var entries = new[] { At(id, 0), At("1@1", 60) };
        Assert.Equal(Ids(entries), Ids(Order(entries, cursor: 0)));
    }

    [Fact]
    public void The_longest_number_that_fits_is_one()
    {
        var entries = new[] { At("999999999999999999@1", 0), At("1@1", 60) };
        Assert.Equal(["1@1", "999999999999999999@1"], Ids(Order(entries, cursor: 60)));
    }

    [Theory]
    // Away for less time than the clock would have needed to come round to where it was.
    [InlineData(599, true)]
    [InlineData(600, false)]
    [InlineData(601, false)]
    public void With_random_ids_new_entries_far_behind_come_last_if_nobody_was_away_so_long(double away, bool isLast)
    {
        var entries = new[] { At("a@1", 400), At("b@1", 1001) };
        Assert.Equal(
            isLast ? ["b@1", "a@1"] : ["a@1", "b@1"],
            Ids(Order(entries, cursor: 1000, TimeSpan.FromSeconds(away)))
        );
    }

    [Fact]
    public void With_random_ids_what_was_known_before_stays_in_its_place()
    {
        var entries = new[] { At("known@1", 100), At("new@1", 400), At("b@1", 1001) };
        Assert.Equal(
            ["known@1", "b@1", "new@1"],
            Ids(Order(entries, cursor: 1000, Moment, isNew: entry => entry.Id != "known@1"))
        );
        Assert.Equal(Ids(entries), Ids(Order(entries, cursor: 1000, Moment, isNew: _ => false)));
    }

    [Fact]
    public void With_random_ids_those_far_behind_keep_their_order_among_themselves()
    {
        var entries = new[] { At("a@1", 100), At("b@1", 200), At("c@1", 990), At("d@1", 1001) };
        Assert.Equal(["c@1", "d@1", "a@1", "b@1"], Ids(Order(entries, cursor: 1000, Moment)));
    }

    [Theory]
    // Up to a minute it merely appears late.
    [InlineData(60, false)]
    [InlineData(60.001, true)]
    [InlineData(-5, false)]
    public void Far_behind_is_more_than_a_minute(double behind, bool expected) =>
        Assert.Equal(expected, EntryOrdering.IsBehind(At("1@1", 1000 - behind), Ticks(1000)));

    [Fact]
    public void An_entry_without_a_time_is_never_behind() =>
        Assert.False(EntryOrdering.IsBehind(Timeless("1@1"), Ticks(1000)));

    [Fact]
    public void Times_at_the_end_of_the_calendar_are_only_times()
    {
        var entries = new[] { At("1@1", 0), At("2@1", DateTimeOffset.MaxValue) };
        Assert.Equal(Ids(entries), Ids(Order(entries, cursor: 0)));
    }

    private static long Ticks(double seconds) => Start.AddSeconds(seconds).UtcTicks;

    private static List<XsoarEntry> Order(
        IEnumerable<XsoarEntry> entries,
        double cursor,
        TimeSpan away = default,
        Func<XsoarEntry, bool>? isNew = null
    ) => EntryOrdering.Of([.. entries], Ticks(cursor), away, isNew ?? (_ => true));
}
