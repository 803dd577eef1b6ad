using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Channels;

public sealed class ChannelHealthTests : IAsyncDisposable
{
    private readonly Journal _journal = new();
    private readonly TestMirror _mirror;
    private readonly ScriptedChannel _channel;
    private readonly ChannelHealth _health;

    public ChannelHealthTests()
    {
        _mirror = new TestMirror(new PassingTime(TestMirror.Start, _journal));
        _channel = new ScriptedChannel(_mirror.Record);
        _health = new ChannelHealth(_channel.Access, _mirror.Runtime, _mirror.Health);
    }

    private string? Reason => _mirror.Stored.Reason;

    public async ValueTask DisposeAsync()
    {
        _mirror.Dispose();
        await _channel.DisposeAsync();
    }

    [Fact]
    public async Task A_channel_that_is_there_and_has_the_bot_can_be_used()
    {
        Assert.True(_health.IsUsable);
        await CheckAsync();
        Assert.True(_health.IsUsable);
        Assert.Equal(MirrorState.Active, _mirror.Stored.State);
        Assert.Equal(4, _channel.Requests.Count());
    }

    [Fact]
    public async Task Who_can_read_the_channel_is_stored_whenever_it_is_checked()
    {
        await CheckAsync();
        Assert.Equal((true, 3L, 0L), (_mirror.Stored.IsPrivate, _mirror.Stored.Members, _mirror.Stored.Guests));

        (_channel.MemberCount, _channel.GuestCount) = (12, 2);
        await CheckAsync();
        Assert.Equal((true, 12L, 2L), (_mirror.Stored.IsPrivate, _mirror.Stored.Members, _mirror.Stored.Guests));
    }

    [Fact]
    public async Task A_channel_that_was_made_public_pauses_the_mirror_until_it_is_private_again()
    {
        _channel.IsPublic = true;
        await CheckAsync();
        Assert.False(_health.IsUsable);
        Assert.Equal((MirrorState.Paused, false), (_mirror.Stored.State, _mirror.Stored.IsPrivate));
        Assert.StartsWith("The channel 'incident-1' was made public", Reason, StringComparison.Ordinal);

        _channel.IsPublic = false;
        await CheckAsync();
        Assert.True(_health.IsUsable);
        Assert.Equal((MirrorState.Active, true), (_mirror.Stored.State, _mirror.Stored.IsPrivate));
    }

    [Fact]
    public async Task An_archived_channel_pauses_the_mirror_until_it_is_restored()
    {
        _channel.IsArchived = true;
        await CheckAsync();
        Assert.False(_health.IsUsable);
        Assert.Equal(MirrorState.Paused, _mirror.Stored.State);
        Assert.StartsWith("The channel 'incident-1' is archived.", Reason, StringComparison.Ordinal);

        _channel.IsArchived = false;
        await CheckAsync();
        Assert.True(_health.IsUsable);
        Assert.Equal((MirrorState.Active, null), (_mirror.Stored.State, Reason));
    }

    [Fact]
    public async Task A_channel_that_was_deleted_permanently_is_reported_as_such()
    {
        _channel.Exists = false;
        await CheckAsync();
        Assert.False(_health.IsUsable);
        Assert.StartsWith("The channel 'incident-1' no longer exists in Mattermost", Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_is_not_a_member_has_to_be_added()
    {
        _channel.BotIsInChannel = false;
        await CheckAsync();
        Assert.False(_health.IsUsable);
        Assert.StartsWith("The bot @xsoarbot was removed from the channel", Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_chat_is_not_mirrored_the_bot_need_not_be_a_member()
    {
        using var mirror = new TestMirror(
            _mirror.Runtime.Time,
            StateStoreTests.Mirror() with
            {
                Direction = MirrorDirection.FromDemisto,
            }
        );
        _channel.BotIsInChannel = false;
        var health = new ChannelHealth(_channel.Access, mirror.Runtime, mirror.Health);
        await CheckAsync(health, mirror);
        Assert.True(health.IsUsable);
        Assert.DoesNotContain(_channel.Requests, request => request.Contains("/members/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bot_that_is_not_in_the_team_has_to_be_added_there()
    {
        _channel.BotIsInTeam = false;
        await CheckAsync();
        Assert.False(_health.IsUsable);
        Assert.StartsWith("The bot @xsoarbot is no longer in the team 'panw'", Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "was removed from the channel 'incident-1'")]
    [InlineData(false, "is no longer in the team 'panw'")]
    public async Task A_channel_that_no_token_can_see_is_explained_by_where_the_bot_is(bool isInTeam, string expected)
    {
        (_channel.PersonalMayRead, _channel.BotMayRead, _channel.BotIsInTeam) = (false, false, isInTeam);
        await CheckAsync();
        Assert.False(_health.IsUsable);
        Assert.Contains(expected, Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MirrorDirection.Both, true, "adds the bot to the channel again, if it is allowed to.")]
    [InlineData(MirrorDirection.Both, false, "adds the bot to the team and the channel again, if it is allowed to.")]
    [InlineData(MirrorDirection.ToDemisto, true, null)]
    [InlineData(MirrorDirection.ToDemisto, false, null)]
    public async Task That_an_entry_lets_the_bot_in_again_is_said_where_entries_are_mirrored(
        MirrorDirection direction,
        bool isInTeam,
        string? expected
    )
    {
        using var mirror = new TestMirror(
            _mirror.Runtime.Time,
            StateStoreTests.Mirror() with
            {
                Direction = direction,
            }
        );
        (_channel.BotIsInChannel, _channel.BotIsInTeam) = (false, isInTeam);
        var health = new ChannelHealth(_channel.Access, mirror.Runtime, mirror.Health);
        await CheckAsync(health, mirror);
        if (expected is null)
            Assert.EndsWith("with the messages posted meanwhile.", mirror.Stored.Reason, StringComparison.Ordinal);
        else
            Assert.EndsWith(expected, mirror.Stored.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_enough_that_the_bot_may_see_the_channel()
    {
        _channel.PersonalMayRead = false;
        await CheckAsync();
        Assert.True(_health.IsUsable);
    }

    [Fact]
    public async Task A_mirror_that_closes_archives_its_channel_itself()
    {
        _channel.IsArchived = true;
        _health.Suspend();
        await CheckAsync();
        Assert.True(_health.IsUsable);
        Assert.Empty(_channel.Requests);

        // It goes on after all: the check needs no other cause.
        await CheckAsync(_health, _mirror, _health.Resume);
        Assert.False(_health.IsUsable);
        Assert.StartsWith("The channel 'incident-1' is archived.", Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_channel_of_a_closed_mirror_may_be_archived()
    {
        _channel.IsArchived = true;
        await _mirror.Health.CloseAsync("The investigation was closed.");
        await CheckAsync();
        Assert.True(_health.IsUsable);
        Assert.Empty(_channel.Requests);
        Assert.Equal("The investigation was closed.", Reason);
    }

    [Fact]
    public async Task A_new_name_is_taken_over_and_used_in_what_is_wrong()
    {
        (_channel.Name, _channel.IsArchived) = ("phishing", true);
        await CheckAsync();
        Assert.Equal("phishing", _mirror.Stored.ChannelName);
        Assert.StartsWith("The channel 'phishing' is archived.", Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_fails_proves_nothing_about_the_channel_and_is_repeated()
    {
        var meanwhile = new List<bool>();
        _channel.Next("channels/", () => LoopbackAnswer.Html());
        _channel.Next("users/bot/teams", () => LoopbackAnswer.Html());
        _channel.Next(
            "channels/",
            () =>
            {
                meanwhile.Add(_health.IsUsable);
                _channel.IsArchived = true;
                return null;
            }
        );
        await CheckAsync();
        Assert.Equal([true], meanwhile);
        Assert.False(_health.IsUsable);
        Assert.Equal(["wait 0.75", "wait 1.5"], _journal.Entries);
        Assert.Contains(_mirror.Log.Records, record => record.Event == ListenerLogEvents.ChannelCheckFailed);
    }

    private Task CheckAsync() => CheckAsync(_health, _mirror);

    // A check is done when it has reported to the mirror's health: either what is wrong, or that an error of this part,
    // which the test puts there before, is over.
    private static async Task CheckAsync(ChannelHealth health, TestMirror mirror, Action? request = null)
    {
        await mirror.Health.RetryingAsync(MirrorPart.Channel, TestErrors.Busy);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var log = mirror.Runtime.Log.Subscribe(record =>
        {
            if (record.Event is ListenerLogEvents.Recovered or ListenerLogEvents.MirrorPaused)
                done.TrySetResult();
        });
        using var stopping = new CancellationTokenSource();
        (request ?? health.RequestCheck)();
        var running = health.RunAsync(stopping.Token);
        await done.Task.InTime();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
    }
}
