using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Xsoar.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class PollStateTests
{
    private readonly FakeTimeProvider _time = new(TestMirror.Start);
    private readonly PollState _poll;

    public PollStateTests() => _poll = new PollState(_time);

    [Fact]
    public void An_investigation_has_changed_when_it_is_shown_for_the_first_time_or_otherwise_than_before()
    {
        Assert.False(_poll.IsKnown);
        Assert.True(_poll.HasChanged(Incident()));
        _poll.Remember(Incident());
        Assert.True(_poll.IsKnown);
        Assert.False(_poll.HasChanged(Incident()));
        Assert.True(_poll.HasChanged(Incident(version: 2)));
        Assert.True(_poll.HasChanged(Incident(modified: 1)));
        // A clock that was set back counts as well.
        Assert.True(_poll.HasChanged(Incident(modified: -1)));
    }

    [Fact]
    public void A_reading_counts_from_when_it_begins_and_the_start_counts_as_one()
    {
        Assert.Equal(_time.GetTimestamp(), _poll.LastReadAt);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), _time.GetElapsedTime(_poll.LastReadAt));
        _poll.BeginRead(Incident(), isAnnounced: true);
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(_poll.LastReadAt));
    }

    [Fact]
    public void What_a_reading_without_a_sign_of_change_finds_is_proof_once_while_the_search_shows_no_change()
    {
        _poll.BeginRead(Incident(), isAnnounced: false);
        Assert.False(_poll.TakeProofAgainstSearch(Incident()));
        _poll.NoteFound();
        Assert.True(_poll.TakeProofAgainstSearch(Incident()));
        Assert.False(_poll.TakeProofAgainstSearch(Incident()));
    }

    [Fact]
    public void A_change_that_the_search_shows_after_all_is_no_proof()
    {
        _poll.BeginRead(Incident(), isAnnounced: false);
        _poll.NoteFound();
        Assert.False(_poll.TakeProofAgainstSearch(Incident(version: 2)));
        // It counts once.
        Assert.False(_poll.TakeProofAgainstSearch(Incident()));
    }

    [Fact]
    public void What_a_reading_at_a_sign_of_change_finds_is_no_proof()
    {
        _poll.BeginRead(Incident(), isAnnounced: true);
        _poll.NoteFound();
        Assert.False(_poll.TakeProofAgainstSearch(Incident()));
    }

    [Fact]
    public void What_an_earlier_reading_proved_is_not_lost_when_one_begins_at_a_sign_of_change()
    {
        _poll.BeginRead(Incident(), isAnnounced: false);
        _poll.NoteFound();
        _poll.BeginRead(Incident(), isAnnounced: true);
        _poll.NoteFound();
        Assert.True(_poll.TakeProofAgainstSearch(Incident()));
    }

    private static XsoarIncident Incident(int version = 1, int modified = 0) =>
        new()
        {
            Id = "1",
            Version = version,
            Modified = TestMirror.Start.AddSeconds(modified),
        };
}
