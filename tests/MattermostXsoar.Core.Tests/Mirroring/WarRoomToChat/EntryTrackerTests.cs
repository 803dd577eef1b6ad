using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;
using static MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat.TestEntries;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class EntryTrackerTests
{
    // As many as are remembered, and how many more it takes until some are forgotten.
    private const int Most = 5000;
    private const int Slack = 1000;

    private readonly EntryTracker _tracker = new();

    [Fact]
    public void An_entry_is_fresh_until_it_was_seen_and_each_time_it_was_changed()
    {
        Assert.True(_tracker.IsUnseen(At("1@1", 0)));
        _tracker.Remember([At("1@1", 0)]);
        Assert.False(_tracker.IsUnseen(At("1@1", 0)));

        XsoarEntry[] changes = [At("1@1", 0), At("1@1", 0), At("1@1", 0)];
        changes[0].Version = 2;
        changes[1].Modified = Start.AddTicks(1);
        changes[2].Deleted = true;
        Assert.All(changes, entry => Assert.True(_tracker.IsUnseen(entry)));
        Assert.All(changes, entry => Assert.True(_tracker.IsChanged(entry)));

        _tracker.Remember([changes[0]]);
        Assert.False(_tracker.IsUnseen(changes[0]));
        // Set back to what it was, it is another change.
        Assert.True(_tracker.IsUnseen(At("1@1", 0)));
    }

    [Fact]
    public void Ids_differ_by_case() =>
        Assert.Equal((false, true), (Seen("a@1").IsUnseen(At("a@1", 0)), Seen("a@1").IsUnseen(At("A@1", 0))));

    [Fact]
    public void What_an_earlier_process_recorded_is_looked_at_again_but_is_no_news()
    {
        _tracker.Load([Known("1@1", 0)]);
        Assert.True(_tracker.IsUnseen(At("1@1", 0)));
        Assert.False(_tracker.IsChanged(At("1@1", 0)));
        Assert.True(_tracker.IsChanged(At("2@1", 0)));

        _tracker.Remember([At("1@1", 0)]);
        Assert.False(_tracker.IsUnseen(At("1@1", 0)));
        var edited = At("1@1", 0);
        edited.Version = 2;
        Assert.True(_tracker.IsChanged(edited));
    }

    [Fact]
    public void Nothing_is_forgotten_up_to_the_slack()
    {
        _tracker.Remember(Many(Most + Slack));
        Assert.Equal(0, _tracker.CompleteSince);
        Assert.All(Many(Most + Slack), entry => Assert.False(_tracker.IsUnseen(entry)));
    }

    [Fact]
    public void One_more_and_the_oldest_are_forgotten_and_it_is_known_since_when_all_are_remembered()
    {
        // In an order that is not that of their times.
        var entries = Many(Most + Slack + 1).Reverse().ToList();
        _tracker.Remember(entries.Take(3000));
        _tracker.Remember(entries.Skip(3000));

        Assert.All(Many(Slack + 1), entry => Assert.True(_tracker.IsUnseen(entry)));
        Assert.All(Many(Most + Slack + 1).Skip(Slack + 1), entry => Assert.False(_tracker.IsUnseen(entry)));
        Assert.Equal(At("", Slack).Created.UtcTicks + 1, _tracker.CompleteSince);
    }

    [Fact]
    public void Of_entries_of_one_time_some_may_be_forgotten_so_that_time_is_not_complete()
    {
        _tracker.Remember(Enumerable.Range(0, Most + Slack + 1).Select(i => At($"{i}@1", 0)));
        Assert.Equal(Start.UtcTicks + 1, _tracker.CompleteSince);
    }

    [Fact]
    public void An_old_entry_that_comes_again_after_it_was_forgotten_does_not_take_completeness_back()
    {
        _tracker.Remember(Many(Most + Slack + 1));
        var complete = _tracker.CompleteSince;
        _tracker.Remember(Enumerable.Range(0, Slack + 1).Select(i => At($"old{i}@1", -1_000_000 + i)));
        Assert.Equal(complete, _tracker.CompleteSince);
    }

    [Fact]
    public void Of_what_an_earlier_process_recorded_only_the_newest_are_taken_in()
    {
        _tracker.Load([.. Enumerable.Range(0, Most + 2).Select(i => Known($"{i}@1", i))]);
        Assert.True(_tracker.IsChanged(At("1@1", 1)));
        Assert.False(_tracker.IsChanged(At("2@1", 2)));
        Assert.False(_tracker.IsChanged(At($"{Most + 1}@1", Most + 1)));
    }

    /// <summary>Else a reading of everything since a day ago would take those that were left out for new ones, and the
    /// server's clock for one that was set back.</summary>
    [Fact]
    public void What_is_left_out_of_an_earlier_process_counts_as_forgotten()
    {
        _tracker.Load([.. Enumerable.Range(0, Most + 2).Select(i => Known($"{i}@1", i))]);
        // The store keeps whole milliseconds, and the second one lies anywhere in its own.
        Assert.Equal(Start.AddSeconds(1).AddMilliseconds(1).UtcTicks, _tracker.CompleteSince);
    }

    [Fact]
    public void An_earlier_process_that_recorded_no_more_than_fits_leaves_all_complete()
    {
        _tracker.Load([.. Enumerable.Range(0, Most).Select(i => Known($"{i}@1", i))]);
        Assert.Equal(0, _tracker.CompleteSince);
        new EntryTracker().Load([]);
    }

    [Theory]
    // The store keeps whole milliseconds: an entry of the first one may lie before the reading's beginning.
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1.0001, true)]
    [InlineData(1000, true)]
    public void An_entry_is_missing_if_it_lies_in_the_time_that_was_read(double milliseconds, bool expected)
    {
        _tracker.Remember([At("1@1", milliseconds / 1000)]);
        Assert.Equal(expected ? ["1@1"] : [], _tracker.Missing(Start, []));
    }

    [Fact]
    public void Missing_is_what_the_reading_did_not_bring_unless_it_was_known_to_be_deleted()
    {
        var deleted = At("deleted@1", 1);
        deleted.Deleted = true;
        _tracker.Remember([At("there@1", 1), At("gone@1", 1), At("before@1", -1), deleted]);
        _tracker.Load([Known("of earlier@1", 1)]);
        Assert.Equal(["gone@1", "of earlier@1"], _tracker.Missing(Start, [At("there@1", 1)]).Order());
    }

    [Fact]
    public void What_nobody_could_explain_is_not_missing_again()
    {
        _tracker.Remember([At("1@1", 1), At("2@1", 1)]);
        _tracker.LeaveUnexplained(["1@1"]);
        Assert.Equal(["2@1"], _tracker.Missing(Start, []));
        // It is still remembered.
        Assert.False(_tracker.IsUnseen(At("1@1", 1)));
    }

    private static IEnumerable<XsoarEntry> Many(int count) => Enumerable.Range(0, count).Select(i => At($"{i}@1", i));

    private static KnownMessage Known(string id, double seconds) =>
        new(id, Start.AddSeconds(seconds).ToUnixTimeMilliseconds(), 1);

    private static EntryTracker Seen(string id)
    {
        var tracker = new EntryTracker();
        tracker.Remember([At(id, 0)]);
        return tracker;
    }
}
