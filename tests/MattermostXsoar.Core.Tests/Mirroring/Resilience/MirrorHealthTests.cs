using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Resilience;

/// <summary>Which of its parts' problems a mirror shows, in memory, in the store and in the log.</summary>
public sealed class MirrorHealthTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TestMirror.Start);
    private readonly TestMirror _mirror;
    private int _pauses;

    public MirrorHealthTests()
    {
        _mirror = new TestMirror(_time);
        Health.Paused += () => _pauses++;
    }

    private MirrorHealth Health => _mirror.Health;

    private (MirrorState State, string? Reason) Stored => (_mirror.Stored.State, _mirror.Stored.Reason);

    private IEnumerable<string> Events => _mirror.Log.Records.Select(record => record.Event);

    public void Dispose() => _mirror.Dispose();

    [Fact]
    public async Task A_mirror_is_paused_while_a_part_is_and_goes_on_when_that_part_succeeds()
    {
        await Health.PausedAsync(MirrorPart.ChatSource, TestErrors.Forbidden);
        Assert.Equal((MirrorState.Paused, "The account may not do that."), Stored);
        Assert.Equal("The account may not do that.", Health.CurrentIssue);
        _time.Advance(TimeSpan.FromMinutes(2));
        await Health.SucceededAsync(MirrorPart.WarRoomSource);
        Assert.Equal(MirrorState.Paused, Stored.State);

        await Health.SucceededAsync(MirrorPart.ChatSource);
        Assert.Equal((MirrorState.Active, null), Stored);
        Assert.Null(Health.CurrentIssue);
        Assert.Equal([ListenerLogEvents.MirrorPaused, ListenerLogEvents.MirrorResumed], Events);
        Assert.Equal(TimeSpan.FromMinutes(2).TotalMilliseconds, _mirror.Log.Records[1].DurationMs);
        Assert.Equal(1, _pauses);
    }

    [Fact]
    public async Task Of_several_paused_parts_the_first_explains_the_others_and_all_have_to_succeed()
    {
        await Health.PausedAsync(MirrorPart.ChatSource, "first");
        await Health.PausedAsync(MirrorPart.WarRoomToChat, "second");
        Assert.Equal((MirrorState.Paused, "first"), Stored);
        await Health.SucceededAsync(MirrorPart.ChatSource);
        Assert.Equal((MirrorState.Paused, "second"), Stored);
        await Health.SucceededAsync(MirrorPart.WarRoomToChat);
        Assert.Equal((MirrorState.Active, null), Stored);
        // It was paused once, for two reasons in turn.
        Assert.Equal(1, _pauses);
    }

    [Fact]
    public async Task The_channel_explains_the_others_whenever_it_came()
    {
        await Health.PausedAsync(MirrorPart.WarRoomToChat, "The bot may not post.");
        await Health.PausedAsync(MirrorPart.Channel, "The channel is archived.");
        Assert.Equal((MirrorState.Paused, "The channel is archived."), Stored);
        Assert.Equal("The channel is archived.", Health.CurrentIssue);
    }

    [Fact]
    public async Task What_paused_an_earlier_process_is_over_with_the_first_success_of_any_part()
    {
        var (mirror, health) = await PausedByAnEarlierProcessAsync();
        using (mirror)
        {
            await health.SucceededAsync(MirrorPart.IncidentSearch);
            Assert.Null(health.CurrentIssue);
            Assert.Equal(
                (MirrorState.Active, null, null),
                (mirror.Stored.State, mirror.Stored.Reason, mirror.Stored.LastError)
            );
        }
    }

    [Fact]
    public async Task A_part_that_is_paused_itself_replaces_what_paused_an_earlier_process()
    {
        var (mirror, health) = await PausedByAnEarlierProcessAsync();
        using (mirror)
        {
            await health.PausedAsync(MirrorPart.WarRoomSource, "No right.");
            Assert.Equal("No right.", health.CurrentIssue);
            Assert.Equal(
                (MirrorState.Paused, "No right.", null),
                (mirror.Stored.State, mirror.Stored.Reason, mirror.Stored.LastError)
            );
            await health.SucceededAsync(MirrorPart.WarRoomSource);
            Assert.Equal((MirrorState.Active, null), (mirror.Stored.State, mirror.Stored.Reason));
        }
    }

    [Fact]
    public async Task A_part_that_tries_again_replaces_what_an_earlier_process_left()
    {
        var (mirror, health) = await PausedByAnEarlierProcessAsync();
        using (mirror)
        {
            await health.RetryingAsync(MirrorPart.ChatSource, TestErrors.Busy);
            Assert.Equal("The server is busy.", health.CurrentIssue);
            Assert.Equal(
                (MirrorState.Active, null, "The server is busy."),
                (mirror.Stored.State, mirror.Stored.Reason, mirror.Stored.LastError)
            );
        }
    }

    [Fact]
    public async Task A_mirror_that_was_closed_and_is_reopened_does_not_show_what_paused_an_earlier_process()
    {
        var (mirror, health) = await PausedByAnEarlierProcessAsync();
        using (mirror)
        {
            await health.CloseAsync("It was closed.");
            await health.ReopenAsync();
            Assert.Equal((MirrorState.Active, null), (mirror.Stored.State, mirror.Stored.Reason));
        }
    }

    [Fact]
    public async Task An_error_that_passes_by_itself_is_shown_and_does_not_pause()
    {
        await Health.RetryingAsync(MirrorPart.WarRoomSource, TestErrors.Busy);
        await Health.RetryingAsync(MirrorPart.WarRoomSource, TestErrors.Busy);
        Assert.Equal(MirrorState.Active, Stored.State);
        Assert.Equal("The server is busy.", _mirror.Stored.LastError);
        Assert.Equal("The server is busy.", Health.CurrentIssue);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Health.RetryingAsync(MirrorPart.WarRoomSource, TestErrors.Lost);
        Assert.Equal("The connection broke.", _mirror.Stored.LastError);
        _time.Advance(TimeSpan.FromMinutes(1));

        await Health.SucceededAsync(MirrorPart.WarRoomSource);
        Assert.Null(_mirror.Stored.LastError);
        Assert.Equal([ListenerLogEvents.Retrying, ListenerLogEvents.Retrying, ListenerLogEvents.Recovered], Events);
        Assert.Equal(TimeSpan.FromMinutes(2).TotalMilliseconds, _mirror.Log.Records[2].DurationMs);
        Assert.Equal(0, _pauses);
    }

    [Fact]
    public async Task The_problem_is_over_when_the_last_part_that_had_one_succeeds()
    {
        await Health.RetryingAsync(MirrorPart.WarRoomSource, TestErrors.Busy);
        await Health.RetryingAsync(MirrorPart.ChatSource, TestErrors.Lost);
        await Health.SucceededAsync(MirrorPart.WarRoomSource);
        Assert.Equal("The connection broke.", _mirror.Stored.LastError);
        Assert.DoesNotContain(ListenerLogEvents.Recovered, Events);
        await Health.SucceededAsync(MirrorPart.ChatSource);
        Assert.Contains(ListenerLogEvents.Recovered, Events);
    }

    [Fact]
    public async Task An_error_of_the_search_for_all_mirrors_is_not_logged_for_each()
    {
        await Health.RetryingAsync(MirrorPart.IncidentSearch, TestErrors.Busy);
        await Health.SucceededAsync(MirrorPart.IncidentSearch);
        Assert.All(_mirror.Log.Records, record => Assert.Equal(ListenerLogLevel.Verbose, record.Level));
        Assert.Equal([ListenerLogEvents.Retrying, ListenerLogEvents.Recovered], Events);
    }

    [Fact]
    public async Task An_unexpected_error_pauses_and_is_logged_each_time()
    {
        await Health.RestartingAsync(MirrorPart.ChatSource, TestErrors.Unexpected);
        await Health.RestartingAsync(MirrorPart.ChatSource, TestErrors.Unexpected);
        Assert.Equal(MirrorState.Paused, Stored.State);
        Assert.Contains("unexpected error", Stored.Reason, StringComparison.Ordinal);
        Assert.EndsWith("Nobody foresaw this.", Stored.Reason, StringComparison.Ordinal);
        var records = _mirror.Log.Records.Where(record => record.Event == ListenerLogEvents.UnexpectedError).ToList();
        Assert.Equal(2, records.Count);
        Assert.Equal("ChatSource: InvalidOperationException: Nobody foresaw this.", records[0].Message);
    }

    [Fact]
    public async Task What_people_may_not_see_is_taken_out_of_errors_and_the_channel_is_called_by_its_name()
    {
        var id = _mirror.Record.ChannelId;
        var error = new ApiException(ErrorIds.ServerError, ErrorKind.Unavailable, $"secret in {id}", "Ask later.");
        const string Expected = "*** in incident-1 Ask later.";
        await Health.RetryingAsync(MirrorPart.ChatSource, error, Mask);
        await Health.PausedAsync(MirrorPart.ChatSource, error, Mask);
        Assert.Equal((Expected, Expected), (_mirror.Stored.LastError, Stored.Reason));
        await Health.RestartingAsync(MirrorPart.ChatSource, new InvalidOperationException("secret"), Mask);
        Assert.EndsWith("***", Stored.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(
            _mirror.Log.Records,
            record => record.Message.Contains("secret", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Closed_wins_over_a_pause_and_reopened_the_mirror_has_the_state_of_its_parts()
    {
        await Health.PausedAsync(MirrorPart.WarRoomSource, "No right.");
        await Health.CloseAsync("It was closed.");
        await Health.CloseAsync("It was closed again.");
        await Health.PausedAsync(MirrorPart.ChatSource, "Another reason.");
        Assert.True(Health.IsClosed);
        Assert.Equal((MirrorState.Closed, "It was closed."), Stored);

        await Health.ReopenAsync();
        Assert.False(Health.IsClosed);
        Assert.Equal((MirrorState.Paused, "No right."), Stored);
        await Health.SucceededAsync(MirrorPart.WarRoomSource);
        await Health.SucceededAsync(MirrorPart.ChatSource);
        Assert.Equal((MirrorState.Active, null), Stored);
    }

    [Fact]
    public async Task A_mirror_that_was_closed_when_the_worker_started_stays_so()
    {
        using var mirror = new TestMirror(
            _time,
            _mirror.Record with
            {
                State = MirrorState.Closed,
                Reason = "It was closed.",
            }
        );
        Assert.True(mirror.Health.IsClosed);
        await mirror.Health.PausedAsync(MirrorPart.ChatSource, "No right.");
        Assert.Equal((MirrorState.Closed, "It was closed."), (mirror.Stored.State, mirror.Stored.Reason));
        await mirror.Health.SucceededAsync(MirrorPart.ChatSource);
        await mirror.Health.ReopenAsync();
        Assert.Equal(MirrorState.Active, mirror.Stored.State);
        Assert.Equal([ListenerLogEvents.MirrorReopened], mirror.Log.Records.Select(record => record.Event));
    }

    [Fact]
    public async Task A_persons_stop_is_not_undone()
    {
        await _mirror.Store.SetMirrorStateAsync(
            _mirror.Record.Id,
            MirrorState.Stopped,
            "By me.",
            byPerson: true,
            MirrorState.Active
        );
        await Health.PausedAsync(MirrorPart.ChatSource, "No right.");
        Assert.Equal((MirrorState.Stopped, "By me."), Stored);
    }

    [Fact]
    public async Task A_state_that_could_not_be_saved_is_saved_with_the_next_change()
    {
        _mirror.RefuseWrites();
        await Health.PausedAsync(MirrorPart.ChatSource, "No right.");
        Assert.Equal(MirrorState.Active, Stored.State);
        Assert.Contains(ListenerLogEvents.MirrorStateWriteFailed, Events);
        _mirror.AllowWrites();

        // A change of the error alone: the state is the same as before.
        await Health.RetryingAsync(MirrorPart.WarRoomSource, TestErrors.Busy);
        Assert.Equal((MirrorState.Paused, "No right."), Stored);
        Assert.Equal("The server is busy.", _mirror.Stored.LastError);
    }

    [Fact]
    public async Task A_recovery_that_could_not_be_saved_is_saved_with_the_next_success()
    {
        await Health.PausedAsync(MirrorPart.ChatSource, "No right.");
        await Health.RetryingAsync(MirrorPart.ChatSource, TestErrors.Busy);
        _mirror.RefuseWrites();
        await Health.SucceededAsync(MirrorPart.ChatSource);
        Assert.Equal(MirrorState.Paused, Stored.State);
        _mirror.AllowWrites();

        await Health.SucceededAsync(MirrorPart.WarRoomToChat);
        Assert.Equal((MirrorState.Active, null), Stored);
        Assert.Null(_mirror.Stored.LastError);
    }

    [Fact]
    public async Task The_channels_new_name_is_shown_and_stored()
    {
        await Health.RenameAsync("incident-1");
        Assert.Empty(Events);
        await Health.RenameAsync("phishing");
        Assert.Equal(("phishing", "phishing"), (Health.ChannelName, _mirror.Stored.ChannelName));
        Assert.Equal("1/phishing", Health.Name);
        Assert.Equal([ListenerLogEvents.ChannelRenamedByUser], Events);
    }

    [Fact]
    public async Task A_name_that_could_not_be_stored_is_compared_again_with_what_the_store_has()
    {
        await Health.RenameAsync("second");
        _mirror.RefuseWrites();
        await Health.RenameAsync("third");
        Assert.Equal(("second", "second"), (Health.ChannelName, _mirror.Stored.ChannelName));
        Assert.Contains(ListenerLogEvents.ChannelNameUpdateFailed, Events);
        _mirror.AllowWrites();

        // It was given its first name back meanwhile.
        await Health.RenameAsync("incident-1");
        Assert.Equal(("incident-1", "incident-1"), (Health.ChannelName, _mirror.Stored.ChannelName));
    }

    private async Task<(TestMirror Mirror, MirrorHealth Health)> PausedByAnEarlierProcessAsync()
    {
        var mirror = new TestMirror(
            _time,
            _mirror.Record with
            {
                State = MirrorState.Paused,
                Reason = "The bot was removed.",
            }
        );
        await mirror.Store.SetLastErrorAsync(mirror.Record.Id, "The disk is full.");
        var health = new MirrorHealth(mirror.Store, mirror.Runtime, mirror.Stored);
        Assert.Equal("The bot was removed.", health.CurrentIssue);
        return (mirror, health);
    }

    private static string Mask(string text, Exception cause) => text.Replace("secret", "***", StringComparison.Ordinal);
}
