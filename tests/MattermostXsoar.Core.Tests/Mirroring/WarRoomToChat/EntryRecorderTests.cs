using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Outbox;
using MattermostXsoar.Core.Tests.State;
using MattermostXsoar.Core.Xsoar.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

/// <summary>How far a War Room counts as read, and what is recorded of it. Times are in seconds after the cursor at the
/// start.</summary>
public sealed class EntryRecorderTests : IDisposable
{
    private const long NotKnown = long.MaxValue;
    private const int Day = 24 * 60 * 60;

    private static readonly TimeSpan Follow = TestMirror.Options.FollowOverlap;

    private readonly FakeTimeProvider _time = new(TestMirror.Start.AddMinutes(1));
    private readonly TestMirror _mirror;
    private readonly EntryRecorder _recorder;

    public EntryRecorderTests()
    {
        _mirror = new TestMirror(
            _time,
            StateStoreTests.Mirror() with
            {
                WarRoomCursor = Ticks(0),
                WarRoomSince = Ticks(-Day),
            }
        );
        _recorder = NewRecorder(_mirror.Record);
    }

    private IEnumerable<string> Recorded => _mirror.Waiting(DeliveryDirection.WarRoomToChat);

    public void Dispose() => _mirror.Dispose();

    [Fact]
    public async Task The_cursor_moves_to_the_newest_entry_with_its_recording()
    {
        Assert.Equal((2, 2), await RecordAsync(Entry("a", 10), Entry("b", 20)));
        Assert.Equal(["a", "b"], Recorded);
        AssertCursor(20);
        // An entry that appears late is recorded and moves nothing.
        Assert.Equal((1, 1), await RecordAsync(Entry("late", 15), Entry("b", 20)));
        AssertCursor(20);
    }

    [Fact]
    public async Task An_entry_with_the_id_of_an_earlier_entry_is_recorded_as_another_one()
    {
        Assert.Equal((1, 1), await RecordAsync(Entry("5@1", 10)));
        Assert.Equal((1, 1), await RecordAsync(Entry("5@1", 500)));
        Assert.Equal(2, Recorded.Count());
        Assert.Single(_mirror.Log.Records, record => record.Event == "EntryIdReused");
        // The same two again, as a restarted process reads them.
        var restarted = NewRecorder(_mirror.Record);
        Assert.Equal(0, (await restarted.RecordAsync([Entry("5@1", 500)], TestMirror.Start)).Recorded);
        Assert.Equal(2, Recorded.Count());
    }

    [Fact]
    public async Task The_deletion_of_an_entry_whose_id_was_used_before_concerns_only_that_entry()
    {
        await RecordAsync(Entry("5@1", 10));
        await RecordAsync(Entry("5@1", 500));
        var deleted = Entry("5@1", 500);
        deleted.Deleted = true;
        deleted.Modified = TestMirror.Start.AddSeconds(501);
        Assert.Equal((1, 1), await RecordAsync(deleted));
        var keys = _mirror
            .Store.ReadPending(_mirror.Record.Id, DeliveryDirection.WarRoomToChat, 0, 10)
            .Select(delivery => (EntryKey.CreatedOf(delivery.SourceId) is not null, delivery.Kind));
        Assert.Equal(
            [(false, DeliveryKind.Message), (true, DeliveryKind.Message), (true, DeliveryKind.Deletion)],
            keys
        );
    }

    [Fact]
    public async Task What_the_store_does_not_take_moves_nothing_and_is_recorded_at_the_next_reading()
    {
        _mirror.RefuseWrites();
        await Assert.ThrowsAsync<MattermostXsoarException>(() => RecordAsync(Entry("a", 10)));
        AssertCursor(0);
        _mirror.AllowWrites();
        Assert.Equal((2, 2), await RecordAsync(Entry("a", 10), Entry("b", 20)));
        Assert.Equal(["a", "b"], Recorded);
        AssertCursor(20);
    }

    [Fact]
    public async Task What_the_store_took_although_it_reported_an_error_is_read_again_and_not_doubled()
    {
        _mirror.AtStep(step =>
        {
            if (step == "WarRoomToChat.AfterRecord")
                throw new IOException("No answer.");
        });
        await Assert.ThrowsAsync<IOException>(() => RecordAsync(Entry("a", 10)));
        Assert.Equal(Ticks(0), _recorder.Cursor);
        _mirror.AtStep(null);
        Assert.Equal((1, 0), await RecordAsync(Entry("a", 10)));
        Assert.Equal(["a"], Recorded);
        AssertCursor(10);
    }

    [Fact]
    public async Task What_a_reading_brings_again_is_not_new()
    {
        await RecordAsync(Entry("a", 10));
        Assert.Equal((0, 0), await RecordAsync(Entry("a", 10)));
        // After a restart the store knows it, and it may have been changed meanwhile.
        var restarted = NewRecorder(_mirror.Stored);
        Assert.Equal((0, 0), await restarted.RecordAsync([Entry("a", 10)], TestMirror.Start));
        Assert.Equal((1, 1), await restarted.RecordAsync([Entry("b", 20)], TestMirror.Start));
    }

    [Fact]
    public async Task An_entry_from_the_future_is_mirrored_and_does_not_move_the_cursor()
    {
        await RecordAsync(Entry("a", 10), Entry("future", 3600));
        Assert.Equal(["a", "future"], Recorded);
        AssertCursor(10);
        Assert.Equal(Time(10) - Follow, _recorder.ReadFrom(Following(), Follow, NotKnown));

        _time.Advance(TimeSpan.FromSeconds(1));
        await RecordAsync(Entry("b", 20), Entry("future", 3600));
        Assert.Equal(["a", "future", "b"], Recorded);
        AssertCursor(20);
        Assert.Equal(Time(20) - Follow, _recorder.ReadFrom(Following(), Follow, NotKnown));
    }

    [Fact]
    public async Task An_entry_without_a_time_is_mirrored_once_and_counts_as_written_at_the_cursor()
    {
        Assert.Equal((1, 1), await RecordAsync(Timeless("a")));
        AssertCursor(0);
        var delivery = Assert.Single(Deliveries());
        Assert.Equal(Time(0).ToUnixTimeMilliseconds(), delivery.SourceAt);
        Assert.Equal((0, 0), await RecordAsync(Timeless("a")));
        var restarted = NewRecorder(_mirror.Stored);
        Assert.Equal(0, (await restarted.RecordAsync([Timeless("a")], TestMirror.Start)).Recorded);
        Assert.Single(Deliveries());
    }

    [Fact]
    public async Task In_a_War_Room_that_was_empty_an_entry_without_a_time_counts_as_written_now()
    {
        var recorder = NewRecorder(_mirror.Record with { WarRoomCursor = 0, WarRoomSince = 0 });
        Assert.Null(recorder.ReadFrom(Following(), Follow, NotKnown));
        await recorder.RecordAsync([Timeless("a")], null);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(Deliveries()).SourceAt);
        Assert.Null(recorder.ReadFrom(Following(), Follow, NotKnown));
    }

    [Fact]
    public async Task What_was_written_before_the_mirror_began_is_not_new_unless_the_whole_War_Room_is_read()
    {
        Assert.Equal((2, 1), await RecordAsync(Entry("before", -Day - 1), Entry("since", -Day)));
        Assert.Equal(["since"], Recorded);
        var recorder = NewRecorder(_mirror.Record with { WarRoomCursor = 0, WarRoomSince = 0 });
        await recorder.RecordAsync([Entry("before", -Day - 1)], null);
        Assert.Equal(["since", "before"], Recorded);
    }

    [Fact]
    public async Task A_delivery_knows_where_its_look_up_begins()
    {
        await RecordAsync(Entry("a", 10));
        Assert.Equal(LookupStart.AtPost("anchor"), Assert.Single(Deliveries()).LookupStart);
    }

    [Fact]
    public void A_reading_begins_its_overlap_before_the_cursor()
    {
        var window = new PollWindow(TestMirror.Options, _time);
        Assert.Equal(Time(-Day), _recorder.ReadFrom(window, window.Begin(), NotKnown));
        window.Done();
        Assert.Equal(Time(-3), _recorder.ReadFrom(window, window.Begin(), NotKnown));
        _time.Advance(TestMirror.Options.WholeReading);
        Assert.Equal(Time(-120), _recorder.ReadFrom(window, window.Begin(), NotKnown));
    }

    [Fact]
    public async Task A_whole_reading_begins_no_later_than_this_machines_own_time()
    {
        // The server's clock is two minutes ahead, or will be set back by as much.
        await RecordAsync(Entry("a", 180));
        AssertCursor(180);
        var window = new PollWindow(TestMirror.Options, _time);
        window.RequestWhole();
        window.Begin();
        window.Done();
        window.RequestWhole();
        Assert.Equal(Time(60 - 120), _recorder.ReadFrom(window, window.Begin(), NotKnown));
        window.Done();
        Assert.Equal(Time(180 - 3), _recorder.ReadFrom(window, window.Begin(), NotKnown));
    }

    [Fact]
    public async Task At_the_first_sign_of_a_clock_that_was_set_back_the_reading_goes_back_far()
    {
        await RecordAsync(Entry("a", 10));
        // The search shows a change at a time that was read long ago.
        Assert.Equal(Time(10 - Day), _recorder.ReadFrom(Following(), Follow, Ticks(-3000)));
        // At one that is read anyway there is no sign.
        Assert.Equal(Time(10) - Follow, _recorder.ReadFrom(Following(), Follow, Ticks(10)));
    }

    [Fact]
    public async Task While_the_clock_is_behind_readings_begin_at_its_last_entry_and_once_more_when_it_has_come_forward()
    {
        await RecordAsync(Entry("a", 10));
        await RecordAsync(Entry("behind", -3000));
        AssertCursor(10);
        Assert.Equal(Time(-3000) - Follow, _recorder.ReadFrom(Following(), Follow, NotKnown));
        await RecordAsync(Entry("behind too", -2990));
        Assert.Equal(Time(-2990) - Follow, _recorder.ReadFrom(Following(), Follow, NotKnown));
        Assert.Equal(Time(-2995) - Follow, _recorder.ReadFrom(Following(), Follow, Ticks(-2995)));

        await RecordAsync(Entry("b", 20));
        AssertCursor(20);
        Assert.Equal(Time(-2990) - Follow, _recorder.ReadFrom(Following(), Follow, NotKnown));
        await RecordAsync(Entry("c", 30));
        Assert.Equal(Time(30) - Follow, _recorder.ReadFrom(Following(), Follow, NotKnown));
        Assert.Equal(["a", "behind", "behind too", "b", "c"], Recorded);
    }

    [Theory]
    // The clock cannot have gone from there to here in a second: it was set back.
    [InlineData(1, new[] { "a", "ahead", "behind" })]
    // In an hour it can.
    [InlineData(3600, new[] { "a", "behind", "ahead" })]
    public async Task Entries_of_a_clock_that_was_set_back_come_behind_those_before(int seconds, string[] expected)
    {
        await RecordAsync(Entry("a", 10));
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await RecordAsync(Entry("behind", -3000), Entry("ahead", 12));
        Assert.Equal(expected, Recorded);
    }

    [Theory]
    [InlineData(1, new[] { "ahead", "behind" })]
    [InlineData(3600, new[] { "behind", "ahead" })]
    public async Task After_a_restart_the_last_delivery_shows_how_long_ago_the_War_Room_was_read(
        int seconds,
        string[] expected
    )
    {
        var delivered = _time.GetUtcNow() - TimeSpan.FromSeconds(seconds);
        var recorder = NewRecorder(_mirror.Record with { LastDeliveryAt = delivered });
        await recorder.RecordAsync([Entry("behind", -3000), Entry("ahead", 12)], TestMirror.Start);
        Assert.Equal(expected, Recorded);
    }

    private static DateTimeOffset Time(double seconds) => TestMirror.Start.AddSeconds(seconds);

    private static long Ticks(double seconds) => Time(seconds).UtcTicks;

    private static XsoarEntry Entry(string id, double seconds) => Entry(id, Time(seconds));

    // Ids that show nothing of the order.
    private static XsoarEntry Entry(string id, DateTimeOffset created) =>
        new()
        {
            Id = id,
            Version = 1,
            Type = 1,
            Category = "chat",
            User = "jane",
            Contents = "text of " + id,
            Created = created,
            Modified = created,
        };

    private static XsoarEntry Timeless(string id) => Entry(id, DateTimeOffset.MinValue);

    private Task<(int News, int Recorded)> RecordAsync(params XsoarEntry[] entries) =>
        _recorder.RecordAsync(entries, TestMirror.Start);

    private void AssertCursor(double seconds) =>
        Assert.Equal((Ticks(seconds), Ticks(seconds)), (_recorder.Cursor, _mirror.Stored.WarRoomCursor));

    private List<DeliveryRecord> Deliveries() =>
        _mirror.Store.ReadPending(_mirror.Record.Id, DeliveryDirection.WarRoomToChat, 0, 100);

    // A reading that follows one that was done just now.
    private PollWindow Following()
    {
        var window = new PollWindow(TestMirror.Options, _time);
        window.Begin();
        window.Done();
        window.Begin();
        Assert.False(window.IsWhole);
        return window;
    }

    private EntryRecorder NewRecorder(MirrorRecord record)
    {
        var worker = new DeliveryWorker(
            _mirror.Store,
            _mirror.Runtime,
            _mirror.Health,
            DeliveryDirection.WarRoomToChat,
            new ScriptedSink(new Journal())
        );
        return new EntryRecorder(
            _mirror.Store,
            _mirror.Runtime,
            record,
            worker,
            () => LookupStart.AtPost("anchor"),
            () => PostSize.Largest
        );
    }
}
